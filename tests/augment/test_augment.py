"""Pieces alone: images in, augmented tensor out."""

import numpy as np
import pytest
import torch

from trainwell.augment import augment, render
from trainwell.augment.policies import (
    Compose,
    Cutout,
    PadCrop,
    Plain,
    RandAugment,
    RandomResizedCrop,
    SamplingContext,
)
from trainwell.data import pack_images
from trainwell.preprocess import Standardize

SIZES = ((20, 20), (13, 31), (40, 18))
STATISTICS = Standardize((0.4, 0.5, 0.6), (0.2, 0.3, 0.25))
POLICY = Compose(RandomResizedCrop(flip=True), (RandAugment(), Cutout(0.3)))


def noise(*shape):
    rng = np.random.default_rng(sum(shape))
    return rng.integers(0, 256, shape, dtype=np.uint8)


@pytest.mark.parametrize("backend", ["numba", "torch"])
def test_bfloat16_is_float32_rounded(backend):
    images = [noise(h, w, 3) for h, w in SIZES]
    options = {"key": 5, "size": 16, "standardize": STATISTICS, "backend": backend}
    half = augment(images, POLICY, **options, dtype=torch.bfloat16)
    assert half.dtype == torch.bfloat16
    assert half.is_contiguous(memory_format=torch.channels_last)
    assert torch.equal(half, augment(images, POLICY, **options).bfloat16())


def test_it_is_render_of_the_same_look():
    images, ids = [noise(h, w, 3) for h, w in SIZES], np.array([7, 1, 2**63 + 1])
    pack, rows = pack_images(images), np.arange(3)
    context = SamplingContext(5, 2, ids.astype(np.uint64), pack.heights, pack.widths)
    options = {"size": 16, "border": "reflect", "interpolation": "linear"}
    expected = render(pack, rows, POLICY(context), standardize=STATISTICS, **options)
    seen = augment(
        images, POLICY, key=(5, ids), epoch=2, standardize=STATISTICS, **options
    )
    assert seen.dtype == torch.float32
    assert seen.is_contiguous(memory_format=torch.channels_last)
    np.testing.assert_array_equal(seen.permute(0, 2, 3, 1), expected)


def test_a_look_depends_on_seed_epoch_and_id_alone():
    images = noise(6, 12, 12, 3)
    everything = augment(images, POLICY, key=(1, range(6)))
    part = augment(images[[4, 2]], POLICY, key=(1, [4, 2]), threads=2)
    assert torch.equal(part, everything[[4, 2]])
    for other in (
        augment(images, POLICY, key=(2, range(6))),
        augment(images, POLICY, key=1, epoch=1),
        augment(images, POLICY, key=(1, range(6, 12))),
    ):
        assert (other != everything).flatten(1).any(1).all()


def test_a_seed_alone_counts_from_zero():
    images = noise(3, 12, 12, 3)
    counted = augment(images, POLICY, key=(4, [0, 1, 2]))
    assert torch.equal(augment(images, POLICY, key=4), counted)


def test_a_change_alone_sees_the_whole_image():
    images = [noise(h, w, 3) for h, w in SIZES]
    alone = augment(images, RandAugment(), key=0, size=24)
    composed = augment(images, Compose(Plain(), (RandAugment(),)), key=0, size=24)
    assert torch.equal(alone, composed)


@pytest.mark.parametrize("channels", [1, 3, 5])
def test_levels_of_any_number_of_channels(channels):
    images = noise(2, 9, 9, channels)
    seen = augment(torch.from_numpy(images), Plain(), key=0)
    assert seen.dtype == torch.uint8
    np.testing.assert_array_equal(seen.permute(0, 2, 3, 1), images)
    padded = augment(images, PadCrop(size=9, pixels=4), key=0, border="mean")
    assert padded.shape == (2, channels, 9, 9)
    assert (padded == 128).any()


def test_the_images_given_stay_as_they_are():
    images = torch.from_numpy(noise(2, 9, 9, 3))
    before = images.clone()
    augment(images, POLICY, key=0, standardize=STATISTICS).zero_()
    assert torch.equal(images, before)


@pytest.mark.parametrize("statistics", [None, STATISTICS])
def test_both_back_ends_show_the_same(statistics):
    images = [noise(h, w, 3) for h, w in SIZES]
    options = {"key": (3, [4, 1, 9]), "size": 16, "standardize": statistics}
    expected = augment(images, POLICY, **options, backend="numba")
    assert torch.equal(augment(images, POLICY, **options), expected)
    tensors = [torch.from_numpy(image) for image in images]
    for given in (images, tensors, [images[0], *tensors[1:]]):
        seen = augment(given, POLICY, **options, backend="torch")
        assert seen.dtype == expected.dtype
        assert seen.is_contiguous(memory_format=torch.channels_last)
        assert torch.equal(seen, expected)


def test_auto_leaves_tensors_where_they_are():
    there = torch.empty((2, 9, 9, 3), dtype=torch.uint8, device="meta")
    assert augment(there, POLICY, key=0).device.type == "meta"
    assert augment(list(there), POLICY, key=0).device.type == "meta"
    assert augment(there[:, :, :5], POLICY, key=0, size=4).shape == (2, 3, 4, 4)


@pytest.mark.parametrize(
    ("images", "options", "message"),
    [
        (
            noise(2, 9, 9, 3) / 255,
            {},
            "8-bit pixel values .uint8., got float64; augment bef",
        ),
        (noise(2, 9, 9), {}, r"\(height, width, channels\) each, got shape \(9, 9\)"),
        (noise(2, 3, 9, 9), {}, r"channels last, got shape \(3, 9, 9\); .*permute"),
        ([noise(8, 9, 3), noise(9, 8, 3)], {}, "`size` must be given"),
        (noise(2, 9, 9, 3), {"key": (0, [1])}, "`key` has 1 ids for 2 images"),
        (noise(2, 9, 9, 1), {"standardize": STATISTICS}, "3 channels, .* have 1"),
        (noise(2, 9, 9, 3), {"border": "blak"}, "Did you mean `black`"),
        (
            noise(2, 9, 9, 3),
            {"backend": "cuda"},
            "one of auto, numba, torch; got 'cuda'",
        ),
        (
            torch.rand(2, 9, 9, 3),
            {"backend": "torch"},
            "8-bit pixel values .uint8., got float32",
        ),
        (torch.zeros(2, 3, 9, 9).byte(), {"backend": "torch"}, "channels last, got"),
        (noise(2, 9, 9, 3), {"dtype": torch.float16}, "float32 or bfloat16, got"),
        (
            [torch.zeros(9, 9, 3).byte(), torch.zeros(9, 9, 3, device="meta").byte()],
            {},
            "on one device",
        ),
    ],
)
def test_messages(images, options, message):
    with pytest.raises(ValueError, match=message):
        augment(images, Plain(), **{"key": 0, **options})
