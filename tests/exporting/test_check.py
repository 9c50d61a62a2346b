"""The check passes a true copy and removes a false one."""

import shutil
from copy import deepcopy
from pathlib import Path

import onnx
import pytest
import torch

from trainwell.core.errors import ExportError
from trainwell.exporting import check_onnx


@pytest.fixture
def written(exported_mlp, tmp_path):
    """A copy that may be changed."""
    predictor, path = exported_mlp
    return deepcopy(predictor), Path(shutil.copy(path, tmp_path / "model.onnx"))


def test_a_true_copy(written, images):
    predictor, path = written
    agreement = check_onnx(path, predictor, images)
    assert agreement.num_images == agreement.same_answers == len(images)
    assert 0 <= agreement.largest <= 1e-4
    assert path.exists()


def test_an_iterator_in_parts(written, images, monkeypatch):
    monkeypatch.setattr("trainwell.exporting._check._BATCH", 4)
    predictor, path = written
    agreement = check_onnx(path, predictor, iter(images))
    assert agreement.num_images == agreement.same_answers == len(images)


@pytest.mark.parametrize("amount", [1e-2, float("nan")])
def test_a_model_that_was_changed_after_writing(written, images, amount):
    predictor, path = written
    with torch.no_grad():
        last = list(predictor.model.parameters())[-1]
        last[0] += amount
    with pytest.raises(ExportError, match="differs from the model by .* was removed"):
        check_onnx(path, predictor, images)
    assert not path.exists()


@pytest.mark.parametrize("wrong", [0, 1])
def test_every_part_counts(written, images, monkeypatch, wrong):
    """A difference that only the first or the last part shows is found."""
    monkeypatch.setattr("trainwell.exporting._check._BATCH", 20)
    assert len(images) == 21
    predictor, path = written
    seen = []
    prepared = type(predictor).prepared

    def wrong_once(self, part):
        seen.append(len(part))
        levels = prepared(self, part)
        return 255 - levels if len(seen) == wrong + 1 else levels

    monkeypatch.setattr(type(predictor), "prepared", wrong_once)
    with pytest.raises(ExportError, match="on 21 images"):
        check_onnx(path, predictor, images)
    assert seen == [20, 1]


def test_a_changed_file(written, images):
    predictor, path = written
    model = onnx.load(path)
    for tensor in model.graph.initializer:
        if tensor.data_type == onnx.TensorProto.FLOAT and len(tensor.dims) == 2:
            values = onnx.numpy_helper.to_array(tensor) * 1.05
            tensor.CopyFrom(onnx.numpy_helper.from_array(values, tensor.name))
    onnx.save(model, path)
    with pytest.raises(ExportError, match="more than 0.0001"):
        check_onnx(path, predictor, images)
