"""A network of the user's own, in the current folder."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from trainwell.cli._own_code import import_from_here
from trainwell.models import _source_import

NET = """
import pathlib
from torch import nn

with open("imported.txt", "a") as note:
    note.write("x")

class Net(nn.Sequential):
    def __init__(self, num_classes, in_channels, image_size):
        super().__init__(nn.Flatten(), nn.Linear(in_channels * image_size**2, num_classes))
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    (folder / "mynet.py").write_text(NET)
    rng = np.random.default_rng(0)
    targets = np.arange(60) % 2
    images = rng.integers(0, 100, (60, 8, 8)).astype(np.uint8)
    images[targets == 1] += 100
    np.savez(folder / "data.npz", images=images, targets=targets)
    return folder


def test_it_trains_and_predicts_only_where_allowed(project, trainwell, fast, pictures):
    done = trainwell(
        "train", "data.npz", "model.name=mynet:Net", *fast, "--out", "run", cwd=project
    )
    assert done.returncode == 0, done.stderr
    (project / "imported.txt").unlink()
    image = next(pictures.rglob("*.png"))
    refused = trainwell("predict", "run", image, cwd=project)
    assert refused.returncode == 2
    assert "would run that code" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert not (project / "imported.txt").exists()
    allowed = trainwell("predict", "run", image, "--allow-import", cwd=project)
    assert allowed.returncode == 0, allowed.stderr
    assert allowed.stdout.startswith(str(image))
    assert (project / "imported.txt").exists()


def test_the_path_stays_as_it_is(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    before = list(sys.path)
    import_from_here()
    import_from_here()
    assert sys.path == before
    monkeypatch.setattr(_source_import, "_folders", _source_import._folders[:-1])


@pytest.mark.parametrize("start", [["trainwell"], [sys.executable, "-m", "trainwell"]])
def test_a_file_in_the_folder_stands_for_no_library(start, project, tmp_path, fast):
    for name in ("cffi", "pandas", "torch", "yaml", "numpy"):
        (tmp_path / f"{name}.py").write_text(f'open("{name}.txt", "w")')
    words = [Path(sys.executable).parent / start[0], *start[1:]]
    data = project / "data.npz"
    asked = [*words, "train", data, "model.name=softmax", *fast, "--out", "run"]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.glob("*.txt"))


def test_what_a_recipe_names_is_run_only_where_allowed(project, trainwell, fast):
    asked = ("train", "data.npz", "model.name=mynet:Net", *fast)
    assert trainwell(*asked, "--out", "first", cwd=project).returncode == 0
    again = ("train", "data.npz", "--recipe", "first", "--out")
    (project / "imported.txt").unlink()
    refused = trainwell(*again, "second", cwd=project)
    assert refused.returncode == 2
    assert "first names the network `mynet:Net`" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert not (project / "imported.txt").exists()
    assert not (project / "second").exists()
    for number, allowed in enumerate(["--allow-import", "model.name=mynet:Net"]):
        done = trainwell(*again, f"allowed-{number}", allowed, cwd=project)
        assert done.returncode == 0, done.stderr
