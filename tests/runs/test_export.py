import shutil

import numpy as np
import onnxruntime
import pytest

from trainwell.infer import load_predictor
from trainwell.runs import Quiet, export


@pytest.fixture
def run(finished, tmp_path):
    return shutil.copytree(finished.path, tmp_path / "run")


def test_every_validation_image_agrees(run, finished, digits_folder):
    path, agreement = export(run, reporter=Quiet())
    assert path == run / "model.onnx"
    assert agreement.num_images == agreement.same_answers == finished.summary["num_val"]
    assert agreement.largest < 1e-4
    predictor = load_predictor(run)
    files = sorted((digits_folder / "test").rglob("*.png"))
    session = onnxruntime.InferenceSession(path)
    (found,) = session.run(None, {"images": predictor.prepared(files)})
    expected = np.stack([p.probabilities for p in predictor.predict(files)])
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_without_the_data_it_checks_what_the_run_kept(run):
    origin = run / "origin.json"
    origin.write_text(origin.read_text().replace("digits", "gone"))
    _, agreement = export(run, out=run / "b.onnx", reporter=Quiet())
    assert 0 < agreement.num_images <= 24


def test_an_unknown_format(run):
    with pytest.raises(ValueError, match="`format` must be one of onnx"):
        export(run, format="caffe", reporter=Quiet())


def test_a_file_that_does_not_agree_is_not_put_in_place(run, tmp_path, monkeypatch):
    from trainwell.core.errors import ExportError
    from trainwell.runs import _export

    def disagree(path, *_):
        assert path.exists()
        raise ExportError("differs")

    monkeypatch.setattr(_export, "check_onnx", disagree)
    (tmp_path / "out").mkdir()
    out = tmp_path / "out" / "model.onnx"
    out.write_bytes(b"the file before")
    with pytest.raises(ExportError, match="differs"):
        _export.export(run, out=out, reporter=Quiet())
    assert [p.name for p in out.parent.iterdir()] == ["model.onnx"]
    assert out.read_bytes() == b"the file before"


@pytest.mark.parametrize(
    ("name", "message"),
    [("x.txt", "must end in .onnx"), ("no/x.onnx", "its folder does not exist")],
)
def test_names_that_cannot_be(run, tmp_path, name, message):
    from trainwell.core.errors import ExportError

    with pytest.raises(ExportError, match=message):
        export(run, out=tmp_path / name, reporter=Quiet())
