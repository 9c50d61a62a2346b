"""Coverage: by hand, and against counting sub-pixels."""

import numpy as np
import pytest

from trainwell.data.synthetic._coverage import (
    centres,
    coverage,
    to_ellipse,
    to_line,
    to_polygon,
)

SQUARE = np.array([(2.0, 2.0), (6.0, 2.0), (6.0, 5.5), (2.0, 5.5)])


def test_centres_are_at_halves():
    np.testing.assert_array_equal(centres(4)[1, 3], [3.5, 1.5])


def test_distances_to_a_line_by_hand():
    line = np.array([(0.0, 0.0), (4.0, 0.0), (4.0, 3.0)])
    places = np.array([(2.0, 1.0), (-3.0, -4.0), (5.0, 2.0), (4.0, 5.0)])
    np.testing.assert_allclose(to_line(places, line), [1, 5, 1, 2])


def test_distances_to_a_polygon_by_hand():
    places = np.array([(4.0, 3.0), (4.0, 1.0), (9.0, 9.5)])
    np.testing.assert_allclose(to_polygon(places, SQUARE), [-1, 1, 5])


def test_edges_along_the_pixels_cover_exactly():
    share = coverage(to_polygon(centres(8), SQUARE))
    assert share[3, 3] == 1
    assert share[5, 3] == 0.5
    assert share[6, 3] == 0
    assert share[3, 1] == 0


def test_distances_to_a_circle_are_exact():
    places = np.random.default_rng(0).uniform(0, 20, (50, 2))
    axes = 6 * np.array([[0.6, 0.8], [-0.8, 0.6]])
    expected = np.hypot(*(places - 9).T) - 6
    np.testing.assert_allclose(to_ellipse(places, np.array([9.0, 9.0]), axes), expected)


@pytest.mark.parametrize("angle", [0.3, 1.1])
def test_areas_are_right(angle):
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    axes = np.array([[9.0], [7.0]]) * turn
    middle = np.array([15.8, 16.3])
    ellipse = coverage(to_ellipse(centres(32), middle, axes)).sum()
    assert ellipse == pytest.approx(np.pi * 63, rel=2e-3)
    box = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) @ axes + middle
    assert coverage(to_polygon(centres(32), box)).sum() == pytest.approx(252, rel=5e-3)
