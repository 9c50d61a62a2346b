"""Maps over images, in colours."""

import numpy as np
import pytest

from trainwell.report import map_picture

GREY = np.full((8, 8, 3), 100, np.uint8)


def at(values, kind, image=GREY):
    return np.asarray(map_picture(image, values, kind)).astype(int)


def test_heat_is_where_the_map_is_high():
    values = np.zeros((8, 8))
    values[2, 5] = 3
    found = at(values, "heat")
    assert found[2, 5].tolist() == [255, 236, 130]
    assert found[0, 0].tolist() == [65, 65, 65]  # the image, darkened


def test_signs_have_two_colours():
    values = np.zeros((8, 8))
    values[0], values[7] = 2, -2
    found = at(values, "signs")
    assert found[0, 0].tolist() == [226, 110, 30]
    assert found[7, 0].tolist() == [46, 98, 204]
    assert found[4, 0].tolist() == [201, 201, 201]


def test_one_pixel_hides_no_other():
    values = np.ones((20, 20))
    values[0, 0] = 1000
    found = at(values, "heat", np.zeros((20, 20, 1), np.uint8))
    assert (found[1, 1] == found[0, 0]).all()


@pytest.mark.parametrize("channels", [1, 2, 3, 5])
def test_an_empty_map_of_any_channels(channels):
    found = at(np.zeros((8, 8)), "heat", np.full((8, 8, channels), 200, np.uint8))
    assert found.shape == (8, 8, 3)
    assert np.ptp(found) == 0


def test_kinds():
    with pytest.raises(ValueError, match="`kind` must be one of heat, signs"):
        map_picture(GREY, np.zeros((8, 8)), "fog")
