"""Where real images excite a unit."""

import pytest
import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.explain import exciting_patches


def test_the_brightest_spots_in_order(make):
    network = nn.Sequential(nn.Conv2d(1, 2, 1, bias=False), nn.MaxPool2d(2))
    network[0].weight.data = torch.tensor([1.0, -1.0])[:, None, None, None]
    images = torch.zeros(4, 1, 8, 8)
    for i, (value, row, column) in enumerate([(2, 0, 0), (9, 5, 6), (4, 7, 7)]):
        images[i, 0, row, column] = value
    found = exciting_patches(network, images, "1", 0, count=3, size=2, chunk=3)
    assert found.values.tolist() == [9, 4, 2]
    assert found.indices.tolist() == [1, 2, 0]
    assert found.corners.tolist() == [[4, 6], [6, 6], [0, 0]]
    assert [patch.max().item() for patch in found.patches] == [9, 4, 2]


def test_default_size_and_count(make, images):
    found = exciting_patches(make("attention"), images, "norm", 3)
    assert found.patches.shape == (5, 3, 8, 8)  # three cells of 4 px; no larger


def test_errors(make, images):
    network = make("conv")
    with pytest.raises(ValueError, match=r"`unit` must be in \[0, 7\]"):
        exciting_patches(network, images, "5", 8)
    with pytest.raises(ValueError, match="`count` must be positive"):
        exciting_patches(network, images, "5", 0, count=0)
    with pytest.raises(ModelError, match="puts out no maps"):
        exciting_patches(network, images, "10", 0)
