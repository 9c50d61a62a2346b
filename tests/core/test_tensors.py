"""Targets: indices and distributions as distributions."""

import pytest
import torch

from trainwell.augment.ops import cutmix
from trainwell.core.tensors import at_least_float32, per_channel

IMAGES = torch.zeros(2, 1, 2, 2)
OPTIONS = {"partner": torch.tensor([1, 0]), "box": torch.zeros(4), "num_classes": 3}


def test_indices_and_distributions():
    _, targets = cutmix(IMAGES, torch.tensor([2, 0]), **OPTIONS)
    assert targets.tolist() == [[0, 0, 1], [1, 0, 0]]
    soft = torch.tensor([[0.5, 0.25, 0.25], [0, 1, 0]])
    torch.testing.assert_close(cutmix(IMAGES, soft, **OPTIONS)[1], soft)


@pytest.mark.parametrize(
    "targets", [torch.zeros(2, 4), torch.zeros(2), torch.zeros(2, 3, dtype=torch.long)]
)
def test_neither(targets):
    with pytest.raises(ValueError, match="`targets` must be class indices or distri"):
        cutmix(IMAGES, targets, **OPTIONS)


@pytest.mark.parametrize(
    ("dtype", "expected"),
    [
        (torch.bfloat16, torch.float32),
        (torch.float32, torch.float32),
        (torch.float64, torch.float64),
    ],
)
def test_low_precision_becomes_float32(dtype, expected):
    assert at_least_float32(torch.ones(2, dtype=dtype)).dtype == expected


def test_one_number_per_channel_scales_images():
    x = torch.ones(2, 3, 4, 4)
    scaled = x * per_channel((1.0, 2.0, 3.0))
    assert scaled.mean((0, 2, 3)).tolist() == [1, 2, 3]
