"""Shapes: points lie on the figure, which stands out, and says nothing by its colour."""

import numpy as np
import pytest

from trainwell.data.synthetic import shapes
from trainwell.data.synthetic._shapes import SHAPES

CORNERS = {"cross": 12, "disc": 0, "ring": 0, "square": 4, "star": 10, "triangle": 3}


@pytest.mark.parametrize("kind", SHAPES)
def test_points_are_the_centre_and_the_corners(kind):
    made = shapes(10, size=80, classes=(kind, "disc"))
    for i in np.flatnonzero(made.targets == 0):
        drawn = made.labelled(int(i))
        assert drawn.visible.sum() == 1 + CORNERS[kind]
        assert drawn.visible[: 1 + CORNERS[kind]].all()
        y, x = np.nonzero(drawn.mask)
        outline = drawn.points[1 : 1 + CORNERS[kind]]
        centre = drawn.points[0]
        for corner in outline:
            inwards = corner + 2.5 * (centre - corner) / np.hypot(*(centre - corner))
            column, row = inwards.astype(int)
            assert drawn.mask[row, column] == 1
        if kind != "triangle":  # whose centre is that of its circle, squeezed
            np.testing.assert_allclose(
                [x.mean() + 0.5, y.mean() + 0.5], centre, atol=0.5
            )
        hollow = drawn.mask[int(centre[1]), int(centre[0])] == 0
        assert hollow == (kind == "ring")


def test_figures_stand_out_from_their_background():
    made = shapes(60, size=32)
    for i in range(60):
        drawn = made.labelled(i)
        inside = drawn.image[drawn.mask > 0].mean(0)
        outside = drawn.image[drawn.mask == 0].mean(0)
        assert np.abs(inside - outside).sum() > 60


def test_colours_and_places_are_independent_of_the_class():
    made = shapes(600, size=16)
    drawn = [made.labelled(i) for i in range(600)]
    for feature in (
        np.array([d.image[d.mask > 0].mean(0) for d in drawn]),
        np.array([d.points[0] for d in drawn]),
    ):
        means = np.array([feature[made.targets == c].mean(0) for c in range(6)])
        error = feature.std(0) / 10  # of the mean of 100
        assert (np.abs(means - feature.mean(0)) < 4 * error).all()


def test_edges_are_soft():
    drawn = shapes(6, size=64, classes=("square", "disc")).labelled(0)
    levels = drawn.image.astype(int)
    steps = np.abs(np.diff(levels, axis=1)).max(2)
    edge = np.diff((drawn.mask > 0).astype(int), axis=1) != 0
    contrast = np.abs(
        levels[drawn.mask > 0].mean(0) - levels[drawn.mask == 0].mean(0)
    ).max()
    assert np.median(steps[edge]) < 0.9 * contrast


def test_classes_are_in_the_order_given():
    made = shapes(8, classes=("star", "disc"))
    assert made.classes == ("star", "disc")
    assert shapes(8, classes=("disc", "star")).fingerprint != made.fingerprint


def test_unknown_figures_are_refused():
    with pytest.raises(ValueError, match="`classes` must be one of .*'blob'"):
        shapes(3, classes=("disc", "blob"))
