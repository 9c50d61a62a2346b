import numpy as np

from trainwell.augment.ops import shift


def test_moves_in_units_of_the_window():
    crop_boxes = np.array([[0.0, 0.0, 0.5, 2.0]])
    moved = shift(crop_boxes, np.array([[0.5, -0.25]]))
    assert moved.tolist() == [[0.25, -0.5, 0.75, 1.5]]


def test_a_flipped_window_moves_the_same_way():
    moved = shift(np.array([[1.0, 0.0, 0.0, 1.0]]), np.array([[0.1, 0.0]]))
    np.testing.assert_allclose(moved, [[1.1, 0.0, 0.1, 1.0]])
