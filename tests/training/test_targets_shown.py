"""Targets as samples are shown: places move, everything else stays."""

import numpy as np
import pytest
import torch

from trainwell.augment import ops
from trainwell.data import array_dataset
from trainwell.preprocess import Standardize
from trainwell.tasks import Keypoints
from trainwell.training import RenderSettings
from trainwell.training._targets_shown import targets_shown, whole_targets

TASK = Keypoints(("left_a", "right_a"), (10, 20), (0.5,) * 4, 0.1, swaps=((0, 1),))
POINTS = np.array([[[4.0, 2.0], [16.0, 18.0]], [[0.0, 0.0], [np.nan, np.nan]]])


def settings(located, fit="stretch"):
    return RenderSettings(
        size=(10, 20), fit=fit, border="mean", device=torch.device("cpu"),
        standardize=Standardize((0.5,), (0.25,)), located=located,
    )  # fmt: skip


@pytest.fixture
def dataset():
    found = array_dataset(np.zeros((2, 20, 20, 1), np.uint8), np.arange(2), ["a", "b"])
    found.targets = POINTS
    return found


def boxes(mirrored):
    return ops.crop_only(np.array([[1.0, 0, 0, 1] if mirrored else [0.0, 0, 1, 1]] * 2))


def test_classes_stay(dataset):
    dataset.targets = np.array([1, 0])
    shown = targets_shown(dataset, np.array([1]), boxes(True), settings(None))
    assert shown.tolist() == [0]
    assert whole_targets(dataset, settings(None)) == (dataset.targets, None)


@pytest.mark.parametrize(
    ("mirrored", "first"), [(False, [[4, 1], [16, 9]]), (True, [[4, 9], [16, 1]])]
)
def test_points_move_in_the_order_of_the_indices(dataset, mirrored, first):
    order = np.array([1, 0])
    shown = targets_shown(dataset, order, boxes(mirrored), settings(TASK))
    assert shown.dtype == torch.float64
    np.testing.assert_allclose(shown[1], first)
    nan = np.isnan(shown[0].numpy()).all(1)
    assert nan.tolist() == [mirrored, not mirrored]
    np.testing.assert_allclose(shown[0].numpy()[~nan], [[20.0 * mirrored, 0.0]])


def test_whole_targets_come_back_through_their_frames(dataset):
    shown, frames = whole_targets(dataset, settings(TASK, "pad"))
    np.testing.assert_allclose(shown[0], [[7, 1], [13, 9]])  # half as large, 5 beside
    np.testing.assert_allclose(TASK.placed(shown, frames), POINTS, atol=1e-9)
