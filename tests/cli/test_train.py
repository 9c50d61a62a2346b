"""Training from the command line."""

import json
import time

import pytest

from trainwell import runs
from trainwell.cli._arguments import choices_of
from trainwell.cli._train import PRESETS as PRESET_NAMES
from trainwell.cli._train import summary_text
from trainwell.core.errors import RecipeError
from trainwell.core.recipe_keys import complete
from trainwell.core.start_time import start_time
from trainwell.recipes import PRESETS, keys


def test_it_says_what_came_out_and_where(trained):
    done, out = trained
    assert done.returncode == 0, done.stderr
    summary = json.loads((out / "summary.json").read_text())
    assert f"test      {summary['test_accuracy']:.4f}" in done.stdout
    assert f"val       {summary['val_accuracy']:.4f}  (epoch 1 of 1)" in done.stdout
    assert summary["verdict"] in done.stdout
    assert f"report    {out / 'report.html'}" in done.stdout
    assert f"use it    trainwell predict {out} IMAGE..." in done.stdout
    assert (out / "report.html").exists()
    assert "grey images of about 8x8 px in 3 classes" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_with_a_run_is_not_overwritten(trained, refused, pictures):
    said = refused("train", pictures, "--out", trained[1])
    assert "holds a run; add `resume`" in said


def test_a_finished_run_is_told(trained, invoke, pictures):
    result = invoke("train", pictures, "--out", trained[1], "--resume")
    assert result.exit_code == 0
    assert "is finished already" in result.stderr.replace("\n", " ")


@pytest.mark.parametrize("test", [None, 0.5])
def test_summary_without_a_test_split(trained, test):
    summary = json.loads((trained[1] / "summary.json").read_text())
    text = summary_text(summary | {"test_accuracy": test})
    assert ("no test images" in text) is (test is None)


def test_summary_names_unlabelled_images_and_what_is_wrong(trained):
    summary = json.loads((trained[1] / "summary.json").read_text())
    assert summary["unlabelled"] == []
    more = {"unlabelled": ["test holds 3."], "faults": ["It ends in softmax."]}
    text = summary_text(summary | more)
    assert "          test holds 3.\n" in text
    assert text.endswith("\nbut       It ends in softmax.")


def test_summary_has_the_mean_error_of_classes_that_are_numbers(trained):
    summary = json.loads((trained[1] / "summary.json").read_text())
    assert "mean error" not in summary_text(summary)
    found = {"balanced_accuracy": summary["test_accuracy"], "mae": 2.46913}
    text = summary_text(summary | {"metrics": {"test": found}})
    assert f"test      {summary['test_accuracy']:.4f}  (mean error 2.469)\n" in text


def test_keys_are_completed():
    assert complete("optimizer.lr") == ["optimizer.lr="]
    assert complete("") == [f"{key}=" for key in keys()]
    assert complete("x") == []


def test_presets_are_completed():
    completed = choices_of(more=PRESET_NAMES)
    assert completed("re") == ["resnet"]
    assert completed("") == list(PRESETS)


def test_summary_says_what_calibration_did(trained):
    summary = json.loads((trained[1] / "summary.json").read_text())
    numbers = {"before": 0.203, "after": 0.004}
    numbers |= {"confidence_before": 0.7942, "confidence_after": 0.9961}
    warm = {"temperature": 0.3, "calibration": {"test": numbers, "val": numbers}}
    text = summary_text(summary | warm | {"test_accuracy": 0.9971})
    line = "certainty 0.794, calibrated 0.996; right 0.997  (error 0.203 -> 0.004)\n"
    assert line in text
    text = summary_text(summary | warm | {"test_accuracy": None, "val_accuracy": 0.98})
    assert "calibrated 0.996; right 0.980" in text
    for plain in ({"temperature": 1.0}, {}):
        older = {k: v for k, v in summary.items() if k != "temperature"}
        assert "certainty" not in summary_text(older | plain)


def test_a_time_limit_counts_from_the_start_of_the_command(invoke, monkeypatch):
    """Importing takes seconds, which the user waits for too."""
    moments: list[tuple[float, float]] = []

    def trained(*_, **__):
        moments.append((start_time(), time.perf_counter()))
        raise RecipeError("enough")

    monkeypatch.setattr(runs, "Console", lambda: time.sleep(0.05))
    monkeypatch.setattr(runs, "train", trained)
    invoke("train", "digits")
    began, now = moments[0]
    assert now - began >= 0.05
