"""Arrays and tensors as people have them: read properly, or refused in a clear line."""

import re

import numpy as np
import pytest
import torch

from trainwell.core.errors import DataError
from trainwell.data import as_image

RNG = np.random.default_rng(0)
PIXELS = RNG.integers(0, 256, (8, 12, 3), np.uint8)
GREY = PIXELS[..., :1]


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize(
    "value",
    [GREY, GREY[..., 0], torch.tensor(GREY[..., 0]), torch.tensor(GREY[..., 0])[None]],
    ids=["h x w x 1", "h x w", "tensor h x w", "tensor 1 x h x w"],
)
def test_grey(value, channels):
    found = as_image(value, channels=channels)
    assert np.array_equal(found, np.repeat(GREY, channels, axis=2))


def test_colour():
    assert np.array_equal(as_image(PIXELS, channels=3), PIXELS)
    tensor = torch.tensor(PIXELS).permute(2, 0, 1)
    assert np.array_equal(as_image(tensor, channels=3), PIXELS)


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        (PIXELS / 255, "give (image * 255).round().astype('uint8')"),
        (np.float32(PIXELS), "give image.round().astype('uint8')"),
        (GREY.astype(np.float16), "give image.round().astype('uint8')"),
        (torch.rand(3, 8, 12), "give (image * 255).round().to(torch.uint8)"),
        (torch.rand(8, 12) * 200, "give image.round().to(torch.uint8)"),
        (PIXELS.astype(np.int64), "got int64, shape (8, 12, 3)"),
        (PIXELS > 9, "got bool, shape (8, 12, 3)"),
        (torch.zeros(3, 8, 12, dtype=torch.int32), "got int32, shape (3, 8, 12)"),
    ],
)
def test_other_types_are_refused_with_the_conversion(value, advice):
    with pytest.raises(DataError, match=re.escape(advice)) as caught:
        as_image(value, channels=3)
    text = str(caught.value)
    assert text.startswith("an image must be uint8 or uint16, height x width or ")
    assert "\n" not in text


def test_the_conversion_of_the_message_is_right():
    advice = "(image * 255).round().astype('uint8')"
    found = eval(advice, {"image": PIXELS / 255})
    assert np.array_equal(as_image(found, channels=3), PIXELS)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            np.moveaxis(PIXELS, 2, 0),
            "the shape (3, 8, 12) looks like channels x height x width; an array of an "
            "image is height x width x channels.",
        ),
        (
            torch.tensor(PIXELS),
            "the shape (8, 12, 3) looks like height x width x channels; a tensor of an "
            "image is channels x height x width.",
        ),
        (np.zeros((0, 3, 3), np.uint8), "must have pixels, got the shape (0, 3, 3)"),
        (np.zeros((1, 8, 8, 3), np.uint8), "got uint8, shape (1, 8, 8, 3)"),
    ],
)
def test_other_shapes(value, message):
    with pytest.raises(DataError, match=re.escape(message)):
        as_image(value, channels=3)


def test_colour_for_a_model_of_grey():
    with pytest.raises(DataError, match="reads 1 channel, the image has 3"):
        as_image(PIXELS, channels=1)
