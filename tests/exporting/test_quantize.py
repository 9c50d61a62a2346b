"""Quantised files: the definition in float64, what stays float, what is kept."""

import json

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from torch import nn

from trainwell.core.errors import ExportError
from trainwell.exporting import quantize_onnx, write_onnx
from trainwell.infer import ModelMetadata, Predictor, Preprocessing
from trainwell.models import ModelSpec
from trainwell.preprocess import Standardize
from trainwell.tasks import Classification

MEAN, STD = (0.4,), (0.25,)


def predictor_of(net, size=6, classes=("ant", "bee", "cat")):
    preprocessing = Preprocessing(
        image_size=size,
        channels=1,
        short_side=None,
        fit="pad",
        border="mean",
        standardize=Standardize(MEAN, STD),
    )
    spec = ModelSpec("mine", num_classes=len(classes), in_channels=1, image_size=size)
    metadata = ModelMetadata(
        task=Classification(classes),
        model=spec,
        preprocessing=preprocessing,
    )
    return Predictor(net.eval(), metadata)


def images_of(n, size=6, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (n, size, size, 1), np.uint8)


def rounded(x, scale, zero, low, high):
    """Return what is left of values after 8 bits, in float64."""
    return (np.clip(np.round(x / scale) + zero, low, high) - zero) * scale


def by_range(values):
    """Return scale and zero point of activations in 0 .. 255 that cover 0."""
    low, high = min(values.min(), 0.0), max(values.max(), 0.0)
    scale = np.float32((high - low) / 255)
    return float(scale), round(-low / scale)


def run(path, images):
    (found,) = onnxruntime.InferenceSession(path).run(None, {"images": images})
    return found


def test_a_linear_map_is_the_definition_in_float64(tmp_path):
    torch.manual_seed(0)
    net = nn.Sequential(nn.Flatten(), nn.Linear(36, 3))
    with torch.no_grad():  # channels of different size
        net[1].weight.mul_(torch.tensor([[0.1], [1.0], [5.0]]))
    calibration, images = images_of(70), images_of(40, seed=1)
    source = write_onnx(predictor_of(net), tmp_path / "float.onnx")
    path = quantize_onnx(source, tmp_path / "int8.onnx", calibration)
    weight = net[1].weight.detach().double().numpy()
    bias = net[1].bias.detach().double().numpy()

    def pixels(found):
        return (found.reshape(len(found), -1) / 255 - MEAN[0]) / STD[0]

    w_scale = np.float32(np.abs(weight).max(1) / 64).astype(float)
    w = rounded(weight, w_scale[:, None], 0, -64, 64)
    x_scale, x_zero = by_range(pixels(calibration))
    x = rounded(pixels(images), x_scale, x_zero, 0, 255)
    b = np.round(bias / (w_scale * x_scale)) * w_scale * x_scale
    out = by_range(pixels(calibration) @ weight.T + bias)
    logits = rounded(x @ w.T + b, *out, 0, 255)
    expected = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    found = run(path, images)
    # a value half way between two levels may be rounded to either of them
    far = np.abs(found - expected).max(1) > 1e-4
    assert far.mean() < 0.1
    assert np.abs(found - expected).max() < 2 * out[0]
    assert np.abs(run(source, images) - expected).max() > 1e-3


def test_channels_have_scales_of_their_own_and_pixels_stay_float(tmp_path):
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(64, 3))
    source = write_onnx(predictor_of(net), tmp_path / "float.onnx")
    path = quantize_onnx(source, tmp_path / "int8.onnx", images_of(64))
    graph = onnx.load(path).graph
    kept = {tensor.name: tensor for tensor in graph.initializer}
    scales = [t.dims for n, t in kept.items() if "weight" in n and "scale" in n]
    assert [list(dims) for dims in scales] == [[4], [3]]
    weights = [t for n, t in kept.items() if "weight" in n and "quantized" in n]
    for tensor in weights:
        values = onnx.numpy_helper.to_array(tensor)
        assert values.dtype == np.int8
        assert np.abs(values.astype(int)).max() <= 64
    made_float = {
        name
        for node in graph.node
        if node.op_type == "DequantizeLinear"
        for name in node.output
    }
    (softmax,) = (node for node in graph.node if node.op_type == "Softmax")
    (scaled,) = (node for node in graph.node if node.op_type == "Mul")
    assert not made_float & set(scaled.input)
    coded = [
        n for node in graph.node if node.op_type == "QuantizeLinear" for n in node.input
    ]
    assert not {*softmax.output} & {*coded}


def test_the_metadata_is_that_of_the_float_file(tmp_path):
    net = nn.Sequential(nn.Flatten(), nn.Linear(36, 3))
    source = write_onnx(predictor_of(net), tmp_path / "float.onnx")
    path = quantize_onnx(source, tmp_path / "int8.onnx", images_of(40))
    kept, expected = (
        onnxruntime.InferenceSession(p).get_modelmeta().custom_metadata_map
        for p in (path, source)
    )
    assert {**kept, **expected} == kept
    assert json.loads(kept["classes"]) == ["ant", "bee", "cat"]


def test_any_number_of_images_at_a_time(tmp_path):
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(64, 3))
    source = write_onnx(predictor_of(net), tmp_path / "float.onnx")
    path = quantize_onnx(source, tmp_path / "int8.onnx", images_of(33))
    images = images_of(7, seed=2)
    apart = np.concatenate([run(path, images[i : i + 1]) for i in range(7)])
    np.testing.assert_allclose(run(path, images), apart, atol=1e-6)


def test_without_images(tmp_path):
    with pytest.raises(ExportError, match="needs calibration images, got none"):
        quantize_onnx(tmp_path / "a.onnx", tmp_path / "b.onnx", images_of(0))


def test_a_file_that_cannot_be_quantised_is_named(tmp_path):
    source = tmp_path / "float.onnx"
    source.write_bytes(b"no model")
    with pytest.raises(ExportError, match=r"float.onnx cannot be quantised: ") as error:
        quantize_onnx(source, tmp_path / "b.onnx", images_of(2))
    assert "\n" not in str(error.value)
    assert not (tmp_path / "b.onnx").exists()
