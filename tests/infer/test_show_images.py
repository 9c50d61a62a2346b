"""Images as a network sees them, and as an export is fed."""

import numpy as np

from trainwell.augment.ops import crop_only, fit
from trainwell.data import pack_images
from trainwell.infer import Preprocessing
from trainwell.infer._show_images import levels_of, shown
from trainwell.preprocess import Standardize


def test_numbers_are_the_standardised_levels():
    rng = np.random.default_rng(0)
    pack = pack_images([rng.integers(0, 256, (8, 8, 3)).astype(np.uint8)] * 2)
    options = Preprocessing(
        image_size=8,
        channels=3,
        short_side=None,
        fit="pad",
        border="mean",
        standardize=Standardize((0.5, 0.4, 0.3), (0.25, 0.2, 0.1)),
    )
    levels = levels_of(pack, options)
    assert (levels.shape, levels.dtype) == ((2, 8, 8, 3), np.uint8)
    np.testing.assert_array_equal(levels[0], pack.image(0))
    whole = crop_only(fit(pack.heights, pack.widths, mode="pad", size=8))
    found = shown(pack, whole, options)
    assert found.shape == (2, 3, 8, 8)
    expected = (levels / 255 - [0.5, 0.4, 0.3]) / [0.25, 0.2, 0.1]
    np.testing.assert_allclose(found.permute(0, 2, 3, 1).numpy(), expected, atol=1e-5)
