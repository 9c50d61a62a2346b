"""The temperature of a run: fitted at its end, kept, and used by all that answers."""

import json
from dataclasses import replace

import numpy as np
import onnxruntime
import pytest

from trainwell.infer import load_predictor
from trainwell.metrics import calibrate, fit_temperature, log_loss
from trainwell.runs import Quiet, evaluate, export, finish_run, predict, train
from trainwell.runs.setup._setup import build_setup
from trainwell.runs.training._calibrate import (
    LEAST,
    calibrated,
    calibration_summary,
    mean_calibration,
)
from trainwell.runs.training._evaluation import evaluate_splits

QUICK = (
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
)


@pytest.fixture(scope="module")
def setup(opened):
    made = build_setup(opened("data.val_share=0.4"))
    assert len(made.splits.val) >= LEAST
    return made


@pytest.fixture(scope="module")
def evaluations(setup):
    return evaluate_splits(setup, Quiet())


def test_the_validation_images_alone_decide(setup, evaluations):
    warm, found = calibrated(setup, evaluations)
    val = evaluations[0]
    expected = fit_temperature(val.outputs.values, val.evaluation.targets)
    assert warm.metadata.temperature == expected != 1.0
    assert setup.metadata.temperature == 1.0
    for before, after in zip(evaluations, found, strict=True):
        e = np.exp(before.outputs.values.astype(np.float64) / expected)
        p = e / e.sum(1, keepdims=True)
        np.testing.assert_allclose(after.evaluation.probabilities, p, rtol=1e-4)
        assert after.evaluation.accuracy == before.evaluation.accuracy
    losses = [s[0].evaluation.loss for s in (found, evaluations)]
    assert losses[0] < losses[1]


def test_the_summary_says_before_and_after(setup, evaluations):
    warm, found = calibrated(setup, evaluations)
    told = calibration_summary(warm, found)
    assert told["temperature"] == warm.metadata.temperature
    for before, after in zip(evaluations, found, strict=True):
        numbers = told["calibration"][before.name]
        for when, one in (("before", before), ("after", after)):
            seen = calibrate(one.evaluation.probabilities, one.evaluation.targets)
            assert numbers[when] == pytest.approx(seen.error, abs=1e-6)
            sure = numbers[f"confidence_{when}"]
            assert sure == pytest.approx(seen.confidence, abs=1e-6)


def test_when_nothing_is_fitted(setup, evaluations, opened, monkeypatch):
    def temperature(of, found=evaluations):
        return calibrated(of, found)[0].metadata.temperature

    off = build_setup(opened("train.calibrate=false", "data.val_share=0.4"))
    assert temperature(off) == 1.0
    task = replace(setup.metadata.task, class_values=(1.0, 2.0, 3.0))
    spread = replace(setup.metadata, task=task)
    assert temperature(replace(setup, metadata=spread)) == 1.0
    last = build_setup(opened("data.val_share=0"))
    assert temperature(last) == 1.0
    assert "val" not in calibration_summary(last, evaluations)["calibration"]
    warm = replace(setup, metadata=replace(setup.metadata, temperature=3.0))
    monkeypatch.setattr("trainwell.runs.training._calibrate.LEAST", 1000)
    assert temperature(warm) == 1.0, "another's temperature does not stay"


def test_the_mean_of_folds():
    numbers = {"before": 0.2, "after": 0.1}
    one = {"temperature": 0.5, "calibration": {"val": numbers}}
    other = {"temperature": 1.0, "calibration": {"val": {"before": 0.4, "after": 0.1}}}
    found = mean_calibration([one, other])
    assert found == {
        "temperature": None,
        "calibration": {"val": {"before": 0.3, "after": 0.1}},
    }
    assert mean_calibration([other, other])["temperature"] == 1.0


def test_a_run_is_calibrated_and_everything_agrees(finished, digits_folder, tmp_path):
    told = finished.summary
    t = told["temperature"]
    assert t != 1.0
    assert json.loads((finished.path / "model.json").read_text())["temperature"] == t
    numbers = told["calibration"]["test"]
    assert numbers["after"] < 0.5 * numbers["before"]
    kept = np.load(finished.path / "predictions" / "test.npz")
    scores = evaluate(finished.path, digits_folder)
    assert scores.loss == pytest.approx(told["metrics"]["test"]["loss"], abs=1e-5)
    expected = scores.evaluation.probabilities
    np.testing.assert_allclose(kept["probabilities"], expected, atol=1e-5)
    predictor = load_predictor(finished.path)
    files = sorted((digits_folder / "test").rglob("*.png"))
    answered = np.stack([p.probabilities for p in predict(finished.path, files)])
    np.testing.assert_allclose(answered, expected, atol=1e-5)
    path, agreement = export(
        finished.path, out=tmp_path / "m.onnx", views="flip", reporter=Quiet()
    )
    assert agreement.largest < 1e-4
    path, _ = export(finished.path, out=tmp_path / "n.onnx", reporter=Quiet())
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (exported,) = session.run(None, {"images": predictor.prepared(files)})
    np.testing.assert_allclose(exported, expected, atol=1e-4)
    assert f"{numbers['before']:.3f}" in finished.report.read_text()


def test_int8_is_calibrated_too(finished, digits_folder, tmp_path):
    path, _ = export(
        finished.path, format="onnx-int8", out=tmp_path / "i.onnx", reporter=Quiet()
    )
    predictor = load_predictor(finished.path)
    files = sorted((digits_folder / "test").rglob("*.png"))
    targets = np.array([predictor.classes.index(f.parent.name) for f in files])
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (int8,) = session.run(None, {"images": predictor.prepared(files)})
    assert (
        calibrate(int8, targets).error
        < finished.summary["calibration"]["test"]["before"]
    )


def test_another_training_begins_without_it(finished, digits_folder, tmp_path):
    words = (*QUICK, "train.epochs=1", f"model.pretrained={finished.path}")
    off = train(
        digits_folder, *words, "train.calibrate=false", out=tmp_path / "t",
        reporter=Quiet(),
    )  # fmt: skip
    assert off.summary["temperature"] == 1.0
    assert load_predictor(off.path).metadata.temperature == 1.0
    numbers = off.summary["calibration"]["test"]
    assert numbers["before"] == numbers["after"]
    assert "Before the temperature" not in off.report.read_text()


def test_finishing_again_fits_again(finished, tmp_path):
    import shutil

    again = tmp_path / "again"
    shutil.copytree(finished.path, again)
    (again / "summary.json").unlink()
    (again / "model.json").unlink()
    run = finish_run(again, reporter=Quiet())
    told = finished.summary
    assert run.summary["temperature"] == told["temperature"]
    assert run.summary["calibration"] == told["calibration"]


def test_the_log_loss_of_the_test_images_falls(finished):
    kept = np.load(finished.path / "predictions" / "test.npz")
    t = finished.summary["temperature"]
    raw = kept["probabilities"].astype(np.float64) ** t
    raw /= raw.sum(1, keepdims=True)
    assert log_loss(kept["probabilities"], kept["targets"]) < log_loss(
        raw, kept["targets"]
    )
