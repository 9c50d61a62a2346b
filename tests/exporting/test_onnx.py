"""The file against the model, by ONNX Runtime on real images."""

import json
import sys
from dataclasses import asdict, replace

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from torch import nn

from trainwell.core.errors import ExportError, MissingDependencyError
from trainwell.exporting import Deployed, write_onnx
from trainwell.infer import Predictor

pytestmark = pytest.mark.usefixtures("no_type_hook")


def run(path, images):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return session.run(None, {"images": images})[0]


@pytest.mark.parametrize(
    ("name", "size", "norms"),
    [
        ("airbench", 32, 3),  # those that follow a pooling stay
        ("cifar_resnet20", 32, 0),
        ("mobilenet_v2", 32, 0),
        ("mlp", 28, 0),
    ],
)
def test_the_file_agrees_with_the_model(
    make_predictor, images, tmp_path, name, size, norms
):
    predictor = make_predictor(name, size)
    path = write_onnx(predictor, tmp_path / "model.onnx")
    expected = np.stack([p.probabilities for p in predictor.predict(images)])
    prepared = predictor.prepared(images)
    for batch in (1, 2, 7, len(images)):
        found = run(path, prepared[:batch])
        assert found.dtype == np.float32
        assert np.abs(found - expected[:batch]).max() <= 1e-4
    assert sorted(p.name for p in tmp_path.iterdir()) == ["model.onnx"]
    graph = onnx.load(path).graph
    operations = [node.op_type for node in graph.node]
    assert operations.count("BatchNormalization") == norms
    assert operations.count("Softmax") == 1


def test_what_goes_in_and_out(exported_mlp):
    graph = onnx.load(exported_mlp[1]).graph

    def shape(value):
        return [d.dim_value or d.dim_param for d in value.type.tensor_type.shape.dim]

    (given,), (answer,) = graph.input, graph.output
    assert (given.name, shape(given)) == ("images", ["batch", 28, 28, 3])
    assert given.type.tensor_type.elem_type == onnx.TensorProto.UINT8
    assert (answer.name, shape(answer)) == ("probabilities", ["batch", 3])


def test_metadata(exported_mlp):
    predictor, path = exported_mlp
    properties = {p.key: p.value for p in onnx.load(path).metadata_props}
    assert json.loads(properties["classes"]) == ["airplane", "automobile", "bird"]
    how = json.loads(properties["preprocessing"])
    assert how == json.loads(json.dumps(asdict(predictor.metadata.preprocessing)))
    assert (how["fit"], how["image_size"], how["short_side"]) == ("crop", 28, 42)
    assert properties["task"] == "classification"


def test_nothing_of_this_machine_is_in_the_file(exported_mlp):
    content = exported_mlp[1].read_bytes()
    assert b"site-packages" not in content
    assert b"trainwell/" not in content


def test_preprocessing_written_out(make_predictor):
    predictor = make_predictor("mlp", 28)
    levels = torch.randint(0, 256, (4, 28, 28, 3), dtype=torch.uint8)
    how = predictor.metadata.preprocessing.standardize
    x = (levels.double() / 255 - torch.tensor(how.mean)) / torch.tensor(how.std)
    with torch.no_grad():
        expected = predictor.model(x.float().permute(0, 3, 1, 2)).softmax(1)
        torch.testing.assert_close(Deployed(predictor).eval()(levels), expected)


def test_norms_are_folded_before_the_exporter_sees_them(make_predictor):
    deployed = Deployed(make_predictor("cifar_resnet20"))
    assert not any(isinstance(m, nn.BatchNorm2d) for m in deployed.modules())


def test_the_model_is_left_as_it_was(make_predictor, tmp_path):
    predictor = make_predictor("airbench")
    before = {k: v.clone() for k, v in predictor.model.state_dict().items()}
    norms = sum(isinstance(m, nn.BatchNorm2d) for m in predictor.model.modules())
    write_onnx(predictor, tmp_path / "model.onnx")
    after = predictor.model.state_dict()
    assert all(torch.equal(before[k], after[k]) for k in before)
    assert norms == sum(
        isinstance(m, nn.BatchNorm2d) for m in predictor.model.modules()
    )


class Unwritable(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(3))

    def forward(self, x):
        if x.sum() > 0:  # depends on values
            return x.mean((2, 3)) * self.weight
        return x.amax((2, 3)) * self.weight


def test_what_onnx_has_no_word_for(exported_mlp, tmp_path):
    predictor = Predictor(Unwritable(), exported_mlp[0].metadata)
    with pytest.raises(ExportError, match="cannot be written as ONNX") as caught:
        write_onnx(predictor, tmp_path / "model.onnx")
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra(exported_mlp, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxscript", None)
    with pytest.raises(
        MissingDependencyError, match=r"pip install 'trainwell\[onnx\]'"
    ):
        write_onnx(exported_mlp[0], tmp_path / "model.onnx")


@pytest.mark.parametrize("temperature", [0.2, 3.7])
@pytest.mark.parametrize("views", ["none", "flip"])
def test_the_file_divides_by_the_temperature(
    make_predictor, images, tmp_path, views, temperature
):
    plain = make_predictor("mlp", 28).with_views(views, None, "probability")
    metadata = replace(plain.metadata, temperature=temperature)
    predictor = replace(plain, metadata=metadata)
    found = run(
        write_onnx(predictor, tmp_path / "model.onnx"), predictor.prepared(images)
    )
    expected = np.stack([p.probabilities for p in predictor.predict(images)])
    cold = np.stack([p.probabilities for p in plain.predict(images)])
    assert np.abs(found - expected).max() <= 1e-5
    assert np.abs(expected - cold).max() > 0.05
