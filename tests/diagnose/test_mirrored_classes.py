"""Classes that are each other's mirror images are found; others raise no alarm."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from trainwell.data import load
from trainwell.diagnose import audit_findings, describe_mirrored, mirrored_classes
from trainwell.runs.session._data_stats import data_stats


def arrows(count):
    """Arrows to the left (0) and to the right (1) at slightly different places."""
    images = []
    for i in range(count):
        sign = Image.new("RGB", (32, 32), (i % 60, 40, 200))
        pen, x, y = ImageDraw.Draw(sign), i % 7, i % 5
        pen.polygon([(4 + x, 16), (16 + x, 6 + y), (16 + x, 26 - y)], fill="white")
        pen.line([(16 + x, 16), (28, 16)], fill="white", width=3)
        images.append(np.asarray(sign)[:, :: 1 if i % 2 == 0 else -1])
    return np.stack(images), np.arange(count) % 2


def test_left_and_right_are_found_and_not_flipped():
    import torch

    splits = load(arrows(200))
    assert describe_mirrored(splits) == "mirrored 0 looks like 1"
    found = {f.name: f for f in audit_findings(splits)}
    assert "Mirrored 0 looks like 1; flips are off" in found["mirror"].what
    stats = data_stats(splits, torch.device("cpu"))
    assert (stats.mirror, stats.mirrored) == (False, "mirrored 0 looks like 1")


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(
    ("count", "classes"), [(30, 2), (200, 2), (300, 10), (1000, 80)]
)
def test_noise_raises_no_alarm(seed, count, classes):
    generator = np.random.default_rng([seed, count])
    thumbs = generator.integers(0, 256, (count, 72)).astype(np.uint8)
    assert mirrored_classes(thumbs, np.arange(count) % classes) == []


@pytest.mark.parametrize("seed", range(5))
def test_classes_of_any_direction_raise_no_alarm(seed):
    """Each class has a pattern of its own, seen from both sides."""
    generator = np.random.default_rng(seed)
    patterns = generator.integers(0, 256, (6, 8, 9))
    targets = np.arange(300) % 6
    images = patterns[targets] + generator.normal(0, 30, (300, 8, 9))
    images = np.where(
        generator.random(300)[:, None, None] < 0.5, images, images[..., ::-1]
    )
    thumbs = images.clip(0, 255).astype(np.uint8).reshape(300, 72)
    assert mirrored_classes(thumbs, targets) == []


@pytest.mark.parametrize("name", ["cifar10_mini", "clothing", "grocery"])
def test_photographs_raise_no_alarm(shared_data, name):
    assert describe_mirrored(load(shared_data / name)) == ""


def test_one_class_alone_of_enough_images():
    thumbs = np.zeros((10, 72), np.uint8)
    assert mirrored_classes(thumbs, np.array([0] * 9 + [1])) == []
