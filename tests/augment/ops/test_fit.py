import numpy as np
import pytest

from trainwell.augment.ops import fit

HEIGHT, WIDTH = np.array([100], np.int32), np.array([50], np.int32)


@pytest.mark.parametrize(
    ("options", "crop_box"),
    [
        ("stretch", [0, 0, 1, 1]),
        ("crop", [0, 0.25, 1, 0.75]),
        ("pad", [-0.5, 0, 1.5, 1]),
    ],
)
def test_a_tall_image(options, crop_box):
    assert fit(HEIGHT, WIDTH, mode=options).tolist() == [crop_box]


@pytest.mark.parametrize("options", ["stretch", "crop", "pad"])
def test_a_square_image_is_shown_whole(options):
    assert fit(WIDTH, WIDTH, mode=options).tolist() == [[0, 0, 1, 1]]


def test_unknown_fit():
    with pytest.raises(ValueError, match="`fit` must be one of pad, stretch, crop"):
        fit(HEIGHT, WIDTH, mode="squash")
