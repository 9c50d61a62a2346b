import numpy as np
import pytest

from trainwell.augment.ops import fit

HEIGHT, WIDTH = np.array([100], np.int32), np.array([50], np.int32)


@pytest.mark.parametrize(
    ("how", "window"),
    [
        ("stretch", [0, 0, 1, 1]),
        ("crop", [0, 0.25, 1, 0.75]),
        ("pad", [-0.5, 0, 1.5, 1]),
    ],
)
def test_a_tall_image(how, window):
    assert fit(HEIGHT, WIDTH, how=how).tolist() == [window]


@pytest.mark.parametrize("how", ["stretch", "crop", "pad"])
def test_a_square_image_is_shown_whole(how):
    assert fit(WIDTH, WIDTH, how=how).tolist() == [[0, 0, 1, 1]]


def test_unknown_fit():
    with pytest.raises(ValueError, match="`fit` must be one of pad, stretch, crop"):
        fit(HEIGHT, WIDTH, how="squash")
