"""One small dataset of every generator, and cut-outs with soft edges."""

import numpy as np
import pytest

from trainwell.data import synthetic


@pytest.fixture(scope="session")
def objects():
    """A red and a green ball, a blue bar; alpha falls off at their edges."""
    y, x = np.mgrid[:40, :40] - 19.5
    ball = np.clip(15.5 - np.hypot(x, y), 0, 1)
    bar = np.clip(np.minimum(15.5 - np.abs(x), 5.5 - np.abs(y)), 0, 1)
    masks = [(255 * m).astype(np.uint8) for m in (ball, ball, bar)]
    colours = [(250, 0, 0), (0, 250, 0), (0, 0, 250)]
    # Garbage under transparency, which must never be seen.
    images = [
        np.where(m[..., None] > 0, np.uint8(c), np.uint8(255))
        for m, c in zip(masks, colours, strict=True)
    ]
    return synthetic.cut_outs(images, masks, ["ball", "ball", "bar"])


@pytest.fixture(scope="session")
def make(objects):
    """Make a dataset of a kind, by its name."""

    def made(kind, num_images=12, **options_given):
        if kind == "paste":
            return synthetic.paste(
                objects, num_images=num_images, most=2, **options_given
            )
        return getattr(synthetic, kind)(num_images, **options_given)

    return made
