import base64
import io

import numpy as np
import pytest
from PIL import Image

from trainwell.report._image import data_uri


def decoded(uri):
    head, data = uri.split(",")
    return head, np.array(Image.open(io.BytesIO(base64.b64decode(data))))


def noise(*shape):
    return np.random.default_rng(0).integers(0, 256, shape, np.uint8)


@pytest.mark.parametrize("channels", [1, 3])
def test_small_images_are_exact(channels):
    image = noise(64, 64, channels)
    head, pixels = decoded(data_uri(image))
    assert head == "data:image/png;base64"
    assert (pixels == image.squeeze(-1) if channels == 1 else pixels == image).all()


@pytest.mark.parametrize(("channels", "shown"), [(2, 0), (4, slice(3)), (7, slice(3))])
def test_other_channels(channels, shown):
    image = noise(8, 8, channels)
    assert (decoded(data_uri(image))[1] == image[..., shown]).all()


def test_large_images_are_reduced():
    head, pixels = decoded(data_uri(noise(1024, 512, 3)))
    assert head == "data:image/jpeg;base64"
    assert pixels.shape == (224, 112, 3)


def test_the_worst_case_fits_two_dozen_times_into_a_report():
    assert 24 * len(data_uri(noise(224, 224, 3))) < 2_500_000
