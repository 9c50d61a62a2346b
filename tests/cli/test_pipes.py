"""A pipe or a device in place of a file is refused at once, whatever it stands for."""

import os
import shutil
import signal

import pytest


@pytest.fixture(autouse=True)
def _in_time():
    def late(number, frame):
        raise AssertionError("it waits for the pipe")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def pipe(tmp_path):
    def make(name):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        os.mkfifo(path)
        return path

    return make


@pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.jsonl", "t.parquet", "t.npz"])
def test_tables(refused, pipe, name):
    assert "is a pipe or a device, not a regular file" in refused("train", pipe(name))


@pytest.mark.parametrize(
    "name",
    [
        "metadata.csv",
        "metadata.jsonl",
        "metadata.parquet",
        "train-0.parquet",
        "train.parquet",
    ],
)
def test_tables_in_a_folder(refused, pipe, name):
    path = pipe(f"set/{name}")
    said = refused("train", path.parent)
    assert "is a pipe or a device, not a regular file" in said


def test_recipes_policies_and_views(refused, pipe, pictures, trained, tmp_path):
    path = pipe("a.yaml")
    out = tmp_path / "run"
    for words in (
        ("train", pictures, "--recipe", path, "--out", out),
        ("train", pictures, f"augment.file={path}", "--out", out),
        ("tune", pictures, "--recipe", path, "--out", out),
        ("show", "augment", pictures, f"augment.file={path}"),
        ("evaluate", trained[1], pictures, "--views", path),
        ("train", pictures, "--recipe", "/dev/zero", "--out", out),
    ):
        assert "is a pipe or a device, not a regular file" in refused(*words), words
    assert not out.exists()


def test_weights(refused, pipe, pictures, tmp_path):
    for name in ("w.pth", "w.safetensors"):
        words = ("model.name=lenet", f"model.pretrained={pipe(name)}")
        refused("train", pictures, *words, "--out", tmp_path / "run")


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("report", "summary.json"),
        ("report", "origin.json"),
        ("report", "audit.json"),
        ("report", "environment.json"),
        ("report", "metrics.jsonl"),
        ("report", "recipe.yaml"),
        ("report", "examples.npz"),
        ("report", "predictions/test.npz"),
        ("predict", "model.json"),
        ("predict", "model.safetensors"),
        ("evaluate", "images.npz"),
        ("evaluate", "recipe.yaml"),
    ],
)
def test_files_of_a_run(refused, pipe, trained, pictures, tmp_path, command, name):
    shutil.copytree(trained[1], tmp_path / "run")
    pipe(f"run/{name}")
    more = () if command == "report" else (pictures,)
    assert "pipe" in refused(command, tmp_path / "run", *more)
