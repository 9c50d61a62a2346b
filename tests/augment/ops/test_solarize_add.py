"""Solarize-add: the published code, written out."""

import numpy as np
import pytest

from trainwell.augment.ops import solarize_add


def test_by_hand(seen):
    image = np.array([[0, 100], [127, 128]], np.uint8)[..., None]
    assert seen(image, solarize_add(30.0))[..., 0].tolist() == [[30, 130], [157, 128]]
    high = seen(image, solarize_add(200.0))[..., 0]
    assert high.tolist() == [[200, 255], [255, 128]]


@pytest.mark.parametrize("summand", [-60, 0, 37, 110])
@pytest.mark.parametrize("threshold", [0, 128, 256])
def test_is_the_formula(images, seen, summand, threshold):
    for image in images:
        x = image.astype(int)
        expected = np.where(x < threshold, np.clip(x + summand, 0, 255), x)
        ours = seen(image, solarize_add(summand, threshold))
        np.testing.assert_array_equal(ours, expected)
