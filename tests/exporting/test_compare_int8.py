"""What is compared of two exports, and when int8 loses too much."""

import numpy as np
import pytest
from tests.exporting.test_quantize import images_of, predictor_of
from torch import nn

from trainwell.exporting import Int8Agreement, Measured, compare_int8, write_onnx


def of_logits(*rows):
    """Return a network whose logits depend on the first pixel: dark or light."""
    net = nn.Sequential(nn.Flatten(), nn.Linear(36, 3))
    dark, light = rows
    nn.init.zeros_(net[1].weight)
    for i in range(3):
        slope = (light[i] - dark[i]) * 0.25  # per standardised unit; dark is -1.6
        net[1].weight.data[i, 0] = slope
        net[1].bias.data[i] = dark[i] + 1.6 * slope
    return predictor_of(net)


def test_agreement_accuracy_and_size_are_those_of_the_answers(tmp_path):
    one, other = of_logits((3, 0, 0), (0, 3, 0)), of_logits((3, 0, 0), (0, 0, 3))
    a = write_onnx(one, tmp_path / "a.onnx")
    b = write_onnx(other, tmp_path / "b.onnx")
    images = [np.full((6, 6), 255 * (i % 2), np.uint8) for i in range(250)]
    labelled = [(image, i % 2) for i, image in enumerate(images)]
    found = compare_int8(a, b, one, labelled)
    high = np.exp(3) / (np.exp(3) + 2)
    low = 1 / (np.exp(3) + 2)
    assert (found.num_images, found.same_answers) == (250, 125)
    assert found.largest == pytest.approx(high - low, abs=1e-5)
    assert found.mean == pytest.approx((high - low) / 3, abs=1e-5)
    assert (found.float32.quality, found.int8.quality) == (1.0, 0.5)
    assert found.float32.num_bytes == a.stat().st_size
    assert found.float32.images_per_second > 0
    assert found.loses_too_much
    written = found.numbers()
    assert written["int8"]["accuracy"] == 0.5
    assert written["accuracy_lost"] == 0.5
    assert "same answer as float for 125 of 250 images" in found.text


@pytest.mark.parametrize(("lost", "too_much"), [(0.009, False), (0.011, True)])
def test_a_point_is_the_limit(lost, too_much):
    parts = (Measured(0.9, 1.0, 1), Measured(0.9 - lost, 1.0, 1))
    assert Int8Agreement(1000, 0.1, 0.1, 990, *parts).loses_too_much is too_much


def test_no_images(tmp_path):
    path = write_onnx(of_logits((3, 0, 0), (0, 3, 0)), tmp_path / "a.onnx")
    with pytest.raises(ValueError, match="at least one image, got none"):
        compare_int8(path, path, None, iter(images_of(0)))
