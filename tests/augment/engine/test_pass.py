"""The pass: random sequences against the reference, image by image."""

import numpy as np
import pytest
from PIL import Image

from trainwell.augment import ops, render_uint8
from trainwell.augment.ops import OpSequence, TransformParams
from trainwell.augment.ops._specs import OP_CODES
from trainwell.augment.reference import show
from trainwell.data import pack_images
from trainwell.preprocess import Standardize

MEANS = (0.4, 0.5, 0.6, 0.3, 0.2)
CUTS = {
    OP_CODES["autocontrast"],
    OP_CODES["equalize"],
    OP_CODES["posterize"],
    OP_CODES["solarize"],
}
CUTS |= {OP_CODES["solarize_add"]}
KERNELS = {
    OP_CODES["blur"],
    OP_CODES["noise"],
}  # summed in float32; drawn by another libm


@pytest.fixture(scope="module")
def compared(shared_data, any_step):
    """Distances of engine and reference for 400 random looks, and what they were."""
    files = sorted((shared_data / "clothing" / "train").glob("*/*"))[::40]
    rng, oblong, found = np.random.default_rng(0), np.random.default_rng(1), []
    for trial in range(400):
        channels = (1, 3, 5)[trial % 3]
        picture = Image.open(files[trial % len(files)]).convert("RGB")
        rgb = np.asarray(picture.resize(rng.integers(32, 97, 2)))
        image = np.concatenate([rgb, 255 - rgb], axis=2)[..., :channels].copy()
        operations = ops.concat(*[any_step(rng) for _ in range(rng.integers(1, 6))])
        rows = int(rng.integers(32, 97))
        size = (rows, rows if trial % 4 == 0 else int(oblong.integers(32, 97)))
        x, y = size[1] / image.shape[1], size[0] / image.shape[0]
        crop_box, resampled = (
            (np.array([0.25 - x / 4, 0, 1.25 - x / 4, 1]) * [1, y, 1, y], True),
            (np.array([x, 0.0, 0, y]), False),
            (np.array([0.0, 0, 1, 1]), True),
            (rng.uniform([-0.2, -0.2, 0.6, 0.6], [0.4, 0.4, 1.2, 1.2]), True),
        )[rng.integers(4)]
        border = ("mean", "reflect", "black")[rng.integers(3)]
        interpolation = ("nearest", "linear")[rng.integers(2)]
        stats = Standardize(MEANS[:channels], (0.2,) * channels)
        fill = np.rint(255 * np.array(stats.mean) * (border != "black"))
        ours = render_uint8(
            pack_images([image]),
            np.array([0]),
            TransformParams(crop_box[None], operations),
            size=size,
            standardize=stats,
            border=border,
            interpolation=interpolation,
        )[0]
        theirs = show(
            image,
            crop_box,
            (operations.op_codes[0], operations.magnitudes[0]),
            size=size,
            fill=fill.astype(np.uint8),
            border=border,
            interpolation=interpolation,
        )
        codes = set(operations.op_codes[0].tolist())
        exact = interpolation == "nearest" and not (codes & KERNELS or resampled)
        kind = "exact" if exact else "cut" if codes & CUTS else "smooth"
        found.append((kind, np.abs(ours.astype(int) - theirs)))
    return found


def test_nearest_is_exact(compared):
    distances = [d for kind, d in compared if kind == "exact"]
    assert len(distances) > 20
    assert max(d.max() for d in distances) == 0


def test_interpolated_is_near(compared):
    """Weights of 7 and 6 bits are off by up to 3 pixel values; a contrast raises that."""
    distances = [d for kind, d in compared if kind == "smooth"]
    assert len(distances) > 150
    assert max(d.max() for d in distances) <= 6
    pixel_values = np.concatenate([d.ravel() for d in distances])
    assert (pixel_values > 2).mean() < 1e-4
    assert pixel_values.mean() < 0.02


def test_tones_that_jump_raise_few_pixels(compared):
    """A pixel value beside the threshold of, say, solarize may end far from its like."""
    distances = [d for kind, d in compared if kind == "cut"]
    assert len(distances) > 80
    assert max((d > 2).mean() for d in distances) < 0.02
    pixel_values = np.concatenate([d.ravel() for d in distances])
    assert (pixel_values > 2).mean() < 5e-4


def test_a_look_depends_on_nothing_but_itself(shared_data, any_step):
    """Not on the batch's other samples, their order, or the number of threads."""
    files = sorted((shared_data / "clothing" / "train").glob("*/*"))[::100]
    images = [np.asarray(Image.open(f).convert("RGB")) for f in files]
    rng = np.random.default_rng(1)
    chains = [ops.concat(*[any_step(rng) for _ in range(4)]) for _ in images]
    operations = OpSequence(
        *(
            np.concatenate([getattr(c, a) for c in chains])
            for a in ("op_codes", "magnitudes")
        )
    )
    params = TransformParams(
        rng.uniform([0, 0, 0.7, 0.7], [0.3, 0.3, 1, 1], (len(images), 4)), operations
    )
    rows = np.arange(len(images))
    pack = pack_images(images)
    options = {"size": 40, "standardize": Standardize(MEANS[:3], (0.2,) * 3)}
    together = render_uint8(pack, rows, params, **options)
    order = rng.permutation(rows)
    shuffled = render_uint8(pack, rows[order], params[order], **options, threads=3)
    np.testing.assert_array_equal(shuffled, together[order])
    for i in rows:
        alone = render_uint8(pack, rows[i : i + 1], params[i : i + 1], **options)
        np.testing.assert_array_equal(alone[0], together[i])


def test_more_warps_than_are_merged_at_a_time(photos, seen):
    turns = ops.concat(*[ops.rotate90(1) for _ in range(21)])
    for interpolation in ("nearest", "linear"):
        ours = seen(photos[0], turns, interpolation=interpolation)
        np.testing.assert_array_equal(ours, np.rot90(photos[0], 21))


def test_what_left_the_canvas_does_not_come_back(photos, seen):
    away = ops.concat(ops.translate_x(0.5), ops.translate_x(-0.5))
    for operations in (away, ops.concat(away, ops.invert(), ops.invert())):
        ours = seen(photos[0], operations)
        np.testing.assert_array_equal(ours[:, 32:], photos[0][:, 32:])
        assert (ours[:, :32] == 128).all()
