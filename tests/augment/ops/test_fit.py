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


@pytest.mark.parametrize(
    ("options", "crop_box"),
    [
        ("stretch", [0, 0, 1, 1]),
        ("crop", [0, 0.375, 1, 0.625]),
        ("pad", [-1.5, 0, 2.5, 1]),
    ],
)
def test_a_tall_image_in_a_wide_output(options, crop_box):
    assert fit(HEIGHT, WIDTH, mode=options, size=(30, 60)).tolist() == [crop_box]


@pytest.mark.parametrize("options", ["stretch", "crop", "pad"])
@pytest.mark.parametrize("size", [(96, 160), (97, 161), (33, 7)])
def test_an_image_of_the_output_s_proportions_is_shown_whole(options, size):
    heights, widths = (np.array([side, 3 * side]) for side in size)
    whole = fit(heights, widths, mode=options, size=size)
    assert whole.tolist() == [[0, 0, 1, 1]] * 2


def test_unknown_fit():
    with pytest.raises(ValueError, match="`fit` must be one of pad, stretch, crop"):
        fit(HEIGHT, WIDTH, mode="squash")
