"""Digits: ends lie on their strokes, and a simple classifier can read them."""

import numpy as np
import pytest

from trainwell.data.synthetic import digits
from trainwell.data.synthetic._glyphs import GLYPHS


def test_there_is_a_glyph_for_each_class():
    assert len(GLYPHS) == len(digits(1).classes) == 10


def test_glyphs_fill_their_box():
    for glyph in GLYPHS:
        points = np.concatenate(glyph)
        assert np.abs(points[:, 1]).max() == pytest.approx(0.46, abs=0.02)
        assert np.abs(points[:, 0]).max() <= 0.3


def test_points_are_the_ends_of_the_strokes():
    made = digits(60, size=48)
    for i in range(60):
        drawn = made.labelled(i)
        assert drawn.visible.sum() == 2 * len(GLYPHS[drawn.target])
        for x, y in drawn.points[drawn.visible]:
            column, row = min(int(x), 47), min(int(y), 47)
            near = drawn.mask[
                max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2
            ]
            assert (near == drawn.target + 1).any()


def test_a_zero_is_closed():
    made = digits(10, size=64)
    drawn = made.labelled(int(np.flatnonzero(made.targets == 0)[0]))
    np.testing.assert_allclose(drawn.points[0], drawn.points[1], atol=1e-9)


def test_ink_is_light_on_dark():
    made = digits(30)
    for i in range(30):
        drawn = made.labelled(i)
        ink, ground = drawn.image[drawn.mask > 0], drawn.image[drawn.mask == 0]
        assert ink.mean() > ground.mean() + 50


def test_neighbours_read_new_digits_from_old_ones():
    made = digits(600, size=20)
    images = np.stack([made.sample(i)[0].ravel() / 255.0 for i in range(600)])
    images -= images.mean(1, keepdims=True)
    images /= np.linalg.norm(images, axis=1, keepdims=True)
    nearest = (images[500:] @ images[:500].T).argmax(1)
    assert (made.targets[nearest] == made.targets[500:]).mean() > 0.9
