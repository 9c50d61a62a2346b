import numpy as np
import pytest

from trainwell.augment.ops import resized_crop

WHOLE = np.array([[0.0, 0.0, 1.0, 1.0]])


def crop(area, ratio, position, crop_boxes=WHOLE):
    return resized_crop(
        crop_boxes,
        area=np.array([area]),
        ratio=np.array([ratio]),
        position=np.array([position]),
    )[0]


def test_by_hand():
    # area 0.16, ratio 4: width 0.8, height 0.2; the room is 0.2 and 0.8
    np.testing.assert_allclose(crop(0.16, 4.0, (0.5, 0.25)), [0.1, 0.2, 0.9, 0.4])


def test_whole_area_is_the_identity():
    np.testing.assert_allclose(crop(1.0, 1.0, (0.3, 0.9)), WHOLE[0])


def test_a_rectangle_that_does_not_fit_is_shrunk_and_keeps_its_ratio():
    x0, y0, x1, y1 = crop(1.0, 4.0, (0.5, 0.5))
    assert x1 - x0 == pytest.approx(1.0)
    assert y1 - y0 == pytest.approx(0.25)


def test_positions_reach_both_corners():
    np.testing.assert_allclose(crop(0.25, 1.0, (0, 0)), [0, 0, 0.5, 0.5])
    np.testing.assert_allclose(crop(0.25, 1.0, (1, 1)), [0.5, 0.5, 1, 1])


def test_cuts_from_the_fitted_window():
    padded = np.array([[-0.5, 0.0, 1.5, 1.0]])
    shown = crop(0.25, 1.0, (0, 1), padded)
    np.testing.assert_allclose(shown, [-0.5, 0.5, 0.5, 1.0])
