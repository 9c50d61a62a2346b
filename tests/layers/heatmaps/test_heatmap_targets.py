"""Heat maps of points: by hand, written out, where they lie, and hidden points."""

import math

import numpy as np
import pytest
import torch

from trainwell.layers.heatmaps import heatmap_targets


@pytest.fixture
def points():
    g = torch.Generator().manual_seed(0)
    return torch.rand(2, 3, 2, generator=g, dtype=torch.float64) * 1.4 - 0.2


def test_by_hand():
    # the centre of the second of three columns and of the second of two rows
    maps = heatmap_targets(torch.tensor([[[0.5, 0.75]]]), (2, 3), sigma=2.0)
    a = math.exp(-1 / 8)
    expected = torch.tensor([[a * a, a, a * a], [a, 1, a]])
    torch.testing.assert_close(maps[0, 0], expected)


@pytest.mark.parametrize("size", [(4, 7), 5])
def test_written_out_definition(points, size):
    height, width = size if isinstance(size, tuple) else (size, size)
    maps = heatmap_targets(points, size, sigma=1.3)
    assert maps.shape == (2, 3, height, width)
    for b, k, i, j in np.ndindex(*maps.shape):
        x, y = points[b, k].tolist()
        square = (j + 0.5 - x * width) ** 2 + (i + 0.5 - y * height) ** 2
        expected = math.exp(-square / (2 * 1.3**2))
        assert maps[b, k, i, j].item() == pytest.approx(expected)


def test_a_corner_of_cells_has_four_equal_neighbours():
    maps = heatmap_targets(torch.tensor([[[0.5, 0.5]]]), 4)[0, 0]
    assert maps[1:3, 1:3].unique().numel() == 1
    assert maps.max() < 1
    torch.testing.assert_close(maps, maps.flip(0, 1))


def test_hidden_points_have_empty_maps(points):
    visible = torch.tensor([[True, False, True], [False, False, True]])
    hidden = points.masked_fill(~visible[..., None], torch.nan)
    maps = heatmap_targets(hidden, 6, visible=visible)
    assert (maps[~visible] == 0).all()
    torch.testing.assert_close(maps[visible], heatmap_targets(points, 6)[visible])


def test_half_precision_gives_float32(points):
    assert heatmap_targets(points.half(), 4).dtype == torch.float32
    assert heatmap_targets(points, 4).dtype == torch.float64


def test_gradient(points):
    points.requires_grad_()
    assert torch.autograd.gradcheck(lambda p: heatmap_targets(p, (4, 5)), points)


def test_out_of_range(points):
    with pytest.raises(ValueError, match="`sigma` must be positive"):
        heatmap_targets(points, 4, sigma=0.0)
