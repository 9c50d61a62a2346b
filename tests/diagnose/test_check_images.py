"""Values made by hand, on both sides of every limit."""

import pytest
import torch

from trainwell.diagnose import check_images, check_splits


def noise(count=80, mean=0.0, std=1.0, channels=1):
    generator = torch.Generator().manual_seed(0)
    return torch.randn(count, channels, 4, 4, generator=generator) * std + mean


def spiked(value):
    images = noise()
    images[3, 0, 1, 1] = value
    return images


@pytest.mark.parametrize(
    ("images", "name"),
    [
        (noise(), "inputs"),
        (torch.rand(20, 3, 4, 4), "inputs"),
        (torch.zeros(5, 1, 4, 4), "blank inputs"),
        (noise(1).expand(6, 1, 4, 4), "blank inputs"),
        (spiked(29.0), "inputs"),
        (spiked(31.0), "unnormalised inputs"),
        (spiked(-31.0), "unnormalised inputs"),
        (noise(std=4.8), "inputs"),
        (noise(std=5.3), "unnormalised inputs"),
        (noise(std=0.025), "inputs"),
        (noise(std=0.015), "flat inputs"),
        (torch.cat([noise(30), torch.ones(1, 1, 4, 4)]), "constant images"),
        (spiked(float("nan")), "not finite inputs"),
        (spiked(float("inf")), "not finite inputs"),
    ],
)
def test_by_hand(images, name):
    assert check_images(images).name == name


def test_the_words_have_the_numbers():
    images = torch.tensor([0.0, 255.0]).reshape(2, 1, 1, 1)
    found = check_images(images, split="validation")
    assert found.level == "fail"
    assert found.what == (
        "Inputs are not normalised: validation images lie in 0 to 255, mean 128, "
        "standard deviation 128."
    )
    assert found.numbers == {
        "mean": 127.5,
        "std": 127.5,
        "smallest": 0.0,
        "largest": 255.0,
        "constant": 1.0,
    }


@pytest.mark.parametrize(
    ("shift", "factor", "level"),
    [(0.45, 1, "pass"), (0.55, 1, "fail"), (-0.55, 1, "fail"), (0, 1.45, "pass")]
    + [(0, 1.55, "fail"), (0, 1 / 1.45, "pass"), (0, 1 / 1.55, "fail")],
)
def test_splits(shift, factor, level):
    first = noise(200)
    first = (first - first.mean()) / first.std(correction=0)
    assert check_splits(first, first * factor + shift).level == level


def test_one_channel_alone_is_seen():
    first = noise(100, channels=3)
    second = first.clone()
    second[:, 2] += 0.7
    found = check_splits(first, second)
    assert found.name == "preprocessing differs"
    assert found.numbers["shift"] == pytest.approx(0.7, abs=0.05)


def test_few_images_are_not_compared():
    assert check_splits(noise(63), noise(63) + 9).level == "untested"
    assert check_splits(noise(64), noise(64) + 9).level == "fail"


def test_channels_must_agree():
    with pytest.raises(ValueError, match="same channels, got 1 and 3"):
        check_splits(noise(), noise(channels=3))
