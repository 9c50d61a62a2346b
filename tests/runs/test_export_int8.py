"""An 8-bit export of a run: what is written beside it, and what is said."""

import json
import shutil
from types import SimpleNamespace

import onnxruntime
import pytest

from trainwell.core.errors import DataError
from trainwell.exporting import Int8Agreement, Measured
from trainwell.infer import load_predictor
from trainwell.runs import Quiet, export
from trainwell.runs import _export_int8 as subject


@pytest.fixture
def run(finished, tmp_path):
    return shutil.copytree(finished.path, tmp_path / "run")


def test_it_is_compared_on_every_validation_image_and_kept(
    run, finished, digits_folder
):
    path, found = export(run, format="onnx-int8", reporter=Quiet())
    assert path == run / "model-int8.onnx"
    assert not (run / "model.onnx").exists()
    assert found.num_images == finished.summary["num_val"]
    assert found.float32.quality == pytest.approx(
        finished.summary["val_accuracy"], abs=1e-6
    )
    assert found.same_answers >= 0.95 * found.num_images
    assert found.int8.num_bytes < 0.5 * found.float32.num_bytes
    written = json.loads((run / "model-int8.json").read_text())
    assert written["format"] == "onnx-int8"
    assert written["int8"]["accuracy"] == found.int8.quality
    assert written["float32"]["images_per_second"] > 0
    files = sorted((digits_folder / "test").rglob("*.png"))
    prepared = load_predictor(run).prepared(files)
    session = onnxruntime.InferenceSession(path)
    (answers,) = session.run(None, {"images": prepared})
    assert answers.shape == (len(files), 10)


def test_a_loss_of_more_than_a_point_is_said(run, monkeypatch):
    bad = Int8Agreement(100, 0.9, 0.1, 60, Measured(0.99, 1, 2), Measured(0.6, 2, 1))
    monkeypatch.setattr(subject, "compare_int8", lambda *_: bad)
    said = []
    reporter = Quiet()
    monkeypatch.setattr(reporter, "warn", said.append, raising=False)
    export(run, format="onnx-int8", reporter=reporter)
    assert said == [
        "int8 loses 39.0 points of accuracy on 100 images, more than 1: keep the "
        "float export, or train a wider network."
    ]


def test_without_the_training_images_nothing_is_written(run):
    origin = run / "origin.json"
    origin.write_text(origin.read_text().replace("digits", "gone"))
    with pytest.raises(DataError):
        export(run, format="onnx-int8", reporter=Quiet())
    assert not list(run.glob("*int8*")) + list(run.glob(".export*"))


def test_images_are_spread_over_the_training_set(run, monkeypatch):
    seen = {}

    def quantize(source, path, images):
        seen["n"] = len(images)
        path.write_bytes(source.read_bytes())

    monkeypatch.setattr(subject, "quantize_onnx", quantize)
    monkeypatch.setattr(subject, "_CALIBRATION", 50)
    monkeypatch.setattr(
        subject,
        "compare_int8",
        lambda *_: SimpleNamespace(loses_too_much=False, numbers=dict),
    )
    export(run, format="onnx-int8", reporter=Quiet())
    assert seen["n"] == 50
