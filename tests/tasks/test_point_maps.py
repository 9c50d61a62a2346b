"""Maps and the maps of their targets, and points drawn as maps."""

import math

import numpy as np
import pytest
import torch

from trainwell.layers.heatmaps import heatmap_targets
from trainwell.tasks import Keypoints
from trainwell.tasks._point_maps import grid_of, map_inputs

SIZE = (31, 48)


@pytest.fixture
def points():
    found = torch.rand(2, 3, 2, generator=torch.Generator().manual_seed(0))
    found[1, 2] = math.nan
    return found


def test_maps_are_compared_on_their_own_grid(points):
    maps = torch.rand(2, 3, 8, 12)
    said, wanted, more = map_inputs(maps.flatten(1), points, (31, 48))
    assert torch.equal(said, maps)
    assert more["visible"].tolist() == [[True] * 3, [True, True, False]]
    torch.testing.assert_close(wanted[0], heatmap_targets(points, (8, 12))[0])
    assert wanted[1, 2].abs().max() == 0


def test_points_are_drawn(points):
    said, wanted, _ = map_inputs(points.nan_to_num().flatten(1), points, SIZE)
    torch.testing.assert_close(said[0], wanted[0])
    off, _, _ = map_inputs(points.nan_to_num().flatten(1) + 0.1, points, SIZE)
    assert (off - wanted)[0].abs().max() > 0.3


def test_the_task_draws_where_it_predicts():
    sizes = np.array([[40, 60]] * 2)
    targets = np.array([[[6.0, 10.0], [30.0, 20.0]], [[12.0, 30.0], [48.0, np.nan]]])
    targets[1, 1] = np.nan
    settings = {"image_size": (20, 30), "fit": "stretch", "sizes": sizes}
    task = Keypoints.made(("a", "b"), targets, {**settings, "head": "heatmap"})
    shown = torch.from_numpy(targets / 2)
    said, wanted, more = task.loss_inputs(torch.zeros(2, 2 * 20 * 30), shown)
    assert said.shape == wanted.shape == (2, 2, 20, 30)
    assert more["visible"].tolist() == [[True, True], [True, False]]
    fractions = torch.tensor([[0.1, 0.25], [0.5, 0.5]])  # of 60 x 40
    expected = heatmap_targets(fractions[None], (20, 30))[0]
    torch.testing.assert_close(wanted[0], expected.to(wanted.dtype))
    right = task.vectors(shown).nan_to_num()
    drawn, wanted, _ = task.loss_inputs(right, shown)
    torch.testing.assert_close(drawn[0], wanted[0], atol=1e-5, rtol=1e-4)


def test_a_linear_head_is_compared_as_points():
    task = Keypoints(("a",), (10, 10), mean=(0.5, 0.5), scale=0.1)
    said, wanted, _ = task.loss_inputs(torch.zeros(1, 2), torch.tensor([[[6.0, 5.0]]]))
    assert said.shape == (1, 1, 2)
    torch.testing.assert_close(wanted, torch.tensor([[[1.0, 0.0]]]))


@pytest.mark.parametrize("size", [(96, 96), (97, 64), (33, 47), (16, 200), (300, 20)])
@pytest.mark.parametrize("stride", [1, 2, 4, 8])
def test_the_grid_is_that_of_the_strides(size, stride):
    grid = tuple(-(-side // stride) for side in size)
    assert grid_of(grid[0] * grid[1], size) == grid
