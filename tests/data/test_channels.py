import numpy as np
from PIL import Image

from trainwell.data._channels import with_channels


def test_grey_is_made_as_pillow_makes_it(picture):
    image = picture(5)
    want = np.asarray(Image.fromarray(image).convert("L"))
    np.testing.assert_array_equal(with_channels(image[None], 1, "x")[0, :, :, 0], want)
    grey = picture(5, channels=1)[None]
    assert (with_channels(grey, 3, "x") == grey).all()
    assert with_channels(grey, None, "x") is grey
