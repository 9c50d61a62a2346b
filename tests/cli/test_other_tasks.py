"""Commands that are about classes, on data that have none."""

import json
import sys

import numpy as np
import pytest
from PIL import Image

from trainwell.cli._main import main

QUICK = (
    "model=mlp", "train.epochs=1", "train.device=cpu", "train.threads=1",
    "train.precision=float32", "train.memory_format=contiguous", "augment.crop=none",
    "data.image_size=8",
)  # fmt: skip


@pytest.fixture(scope="module")
def sets(tmp_path_factory):
    """Tables of the same images: labels that are there or not, and numbers."""
    root = tmp_path_factory.mktemp("sets")
    rng = np.random.default_rng(0)
    rows = {"multilabel": ["path,big,dark"], "regression": ["path,target"]}
    for i in range(60):
        Image.fromarray(rng.integers(0, 256, (8, 8), np.uint8)).save(root / f"{i}.png")
        rows["multilabel"].append(f"{i}.png,{i % 2},{i % 3 // 2}")
        rows["regression"].append(f"{i}.png,{rng.normal():.4f}")
    for name, lines in rows.items():
        (root / f"{name}.csv").write_text("\n".join(lines))
    return root


@pytest.fixture
def said(monkeypatch, capsys):
    """Runs a command; returns its exit code and what it printed."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["trainwell", *map(str, words)])
        code = 0
        try:
            main()
        except SystemExit as exit_:
            code = exit_.code
        out = capsys.readouterr()
        return code, out.out + out.err

    return run


@pytest.fixture(scope="module")
def trained(sets):
    import trainwell as tw
    from trainwell.runs import Quiet

    found = {}
    for task in ("multilabel", "regression"):
        words = (f"task={task}", *QUICK)
        found[task] = tw.train(
            sets / f"{task}.csv", *words, out=sets / task, reporter=Quiet()
        ).path
    return found


@pytest.mark.parametrize("task", ["multilabel", "regression"])
def test_what_needs_classes_is_refused_in_one_line(task, sets, trained, said, tmp_path):
    data, own = sets / f"{task}.csv", f"task={task}"
    teacher = f"distill.teacher={trained[task]}"
    for words, text in (
        (("check", data, "mlp", own), "`check DATA MODEL` needs a class"),
        (("check", "transfer", data, "efficientnet_lite0", own), "`check transfer`"),
        (
            ("search", "augment", data, own, "--out", tmp_path / "p.yaml"),
            "`search augment` needs a class",
        ),
        (("train", data, own, *QUICK, "data.sampling=balanced"), "`data.sampling`"),
        (("train", data, own, *QUICK, teacher), "probabilities of classes"),
        (("predict", trained[task], sets / "0.png", "--threshold", "0.5"), "`thresh"),
    ):
        more = ("--out", tmp_path / "run") if words[0] == "train" else ()
        code, out = said(*words, *more)
        assert code == 2, out
        assert text in out
        assert "Traceback" not in out


@pytest.mark.parametrize("task", ["multilabel", "regression"])
def test_images_are_checked_whatever_is_predicted(task, sets, said):
    code, out = said("check", sets / f"{task}.csv", f"task={task}")
    assert code == 0
    assert "All 60 images can be read." in " ".join(out.split())
    assert "classes in every split" not in " ".join(out.split())
    assert " ".join(out.split()).count("There are no classes to judge by.") == 2


def test_probabilities_are_of_labels_and_not_of_numbers(sets, trained, said):
    image = sets / "0.png"
    code, out = said("predict", trained["multilabel"], image, "--probabilities")
    assert (code, out.splitlines()[0]) == (0, "path,labels,big,dark")
    code, out = said("predict", trained["regression"], image, "--probabilities")
    assert code == 2
    assert "the task of" in out
    assert "is regression." in " ".join(out.split())


@pytest.mark.parametrize("task", ["multilabel", "regression"])
def test_int8_is_judged_by_the_numbers_of_the_task(task, trained, said, tmp_path):
    pytest.importorskip("onnxscript")
    path = tmp_path / "m.onnx"
    code, out = said("export", trained[task], "--format", "onnx-int8", "--out", path)
    assert code == 0
    assert {"multilabel": "mAP", "regression": "R2"}[task] in out
    assert "accuracy" not in out


def test_top_shows_labels_and_is_refused_for_numbers(sets, trained, said):
    image = sets / "0.png"
    code, out = said("predict", trained["multilabel"], image, "--top", "2")
    words = out.split()
    assert code == 0
    assert {words[1], words[3]} == {"big", "dark"}
    assert float(words[2]) >= float(words[4])
    code, out = said("predict", trained["multilabel"], image, "--top", "2", "--csv")
    assert (
        out.splitlines()[0] == "path,labels,label_1,probability_1,label_2,probability_2"
    )
    code, out = said("predict", trained["regression"], image, "--top", "2")
    assert code == 2
    assert "`--top` 2 changes nothing" in out
    assert "regression" in out


def test_top_in_python(sets, trained):
    import trainwell as tw
    from trainwell.core.errors import ArgumentError

    image = sets / "0.png"
    found = tw.predict(trained["multilabel"], image, top=1)
    assert [name in ("big", "dark") for name, _ in found] == [True]
    with pytest.raises(ArgumentError, match="`top` needs classes or labels; the task"):
        tw.predict(trained["regression"], image, top=1)


@pytest.mark.parametrize("command", ["predict", "evaluate"])
def test_help_speaks_of_every_task(command, said):
    out = " ".join(said(command, "--help")[1].replace("│", " ").split())
    assert "numbers" in out
    assert "labels" in out
    assert "points" in out
    assert "the class of images" not in out


def test_units_stand_in_the_summary_and_behind_errors(sets, said, tmp_path):
    lines = (sets / "regression.csv").read_text().splitlines()
    table = sets / "units.csv"
    table.write_text("\n".join(["path,age (years)", *lines[1:]]))
    run = tmp_path / "run"
    code, out = said("train", table, *QUICK, "--out", run)
    assert code == 0
    summary = json.loads((run / "summary.json").read_text())
    assert summary["units"] == {"age": "years", "mae": "years", "rmse": "years"}
    error = f"{summary['test_mae']:.4g} years"
    assert error in out
    code, out = said("evaluate", run, table)
    assert f"mean error {summary['test_mae']:.4f} years" in out
    assert said("evaluate", run, table, "--json")[1].count('"years"') == 3
