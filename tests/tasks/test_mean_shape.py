"""The mean shape of faces, by the numbers that are known for it."""

import numpy as np
import pytest

from trainwell.tasks._frames import whole_frames
from trainwell.tasks._mean_shape import MeanShape

SIZES = np.array([[100, 200], [50, 100], [100, 200]])


def test_it_is_the_mean_in_fractions_of_what_is_shown():
    shape = np.array([[0.25, 0.5], [0.75, 0.5], [0.5, 0.75]])
    targets = shape * SIZES[:, None, ::-1]
    targets[2, 1] = np.nan
    frames = whole_frames(SIZES, "stretch", (32, 32))
    found = MeanShape.of(targets, frames, (32, 32))
    assert found.points == pytest.approx(shape.reshape(-1))
    assert found.scale == 1.0  # nothing deviates
    assert found.error == 1.0  # nor errs


def test_its_error_is_that_of_taking_it_for_all():
    targets = np.array([[[10.0, 10.0], [30.0, 50.0]], [[14.0, 10.0], [34.0, 50.0]]])
    sizes = np.full((2, 2), 64)
    found = MeanShape.of(targets, whole_frames(sizes, "pad", 32), 32)
    box = np.sqrt(20 * 40)
    assert found.error == pytest.approx(2 / box)  # each x is 2 pixels off
    assert found.scale == pytest.approx(np.sqrt(2**2 / 2) / 64)


@pytest.mark.parametrize(
    ("points", "scale", "error", "size"),
    [
        ((0.5, np.inf), 0.1, 1.0, (8, 8)),
        ((0.5, 0.5), 0.0, 1.0, (8, 8)),
        ((0.5, 0.5), 0.1, 0.0, (8, 8)),
        ((0.5, 0.5), 0.1, 1.0, (0, 8)),
    ],
)
def test_what_no_images_have(points, scale, error, size):
    MeanShape((0.5, 0.5), 0.1, 1.0).check((8, 8))
    with pytest.raises(ValueError, match="no positive number"):
        MeanShape(points, scale, error).check(size)
