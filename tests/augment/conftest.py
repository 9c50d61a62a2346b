"""Real and made-up pictures, one step rendered, and the peers it is held against."""

import contextlib
import importlib

import numpy as np
import pytest
import torch
from PIL import Image

from trainwell.augment import render_uint8
from trainwell.augment.ops import Look
from trainwell.data import pack_images
from trainwell.preprocess import Standardize


@pytest.fixture(scope="session")
def images(shared_data):
    """Square images: four real ones, one of them grey, noise, flat and tiny ones."""
    rng = np.random.default_rng(0)
    shoes, shirts = (
        sorted((shared_data / "clothing" / "train" / name).iterdir())
        for name in ("shoes", "t-shirt")
    )
    found = [Image.open(p).convert("RGB") for p in (*shoes[:2], *shirts[:2])]
    real = [
        np.asarray(f.resize((n, n)))
        for f, n in zip(found, (64, 45, 80, 96), strict=True)
    ]
    made = [
        rng.integers(0, 256, (33, 33, 3), dtype=np.uint8),
        rng.integers(90, 160, (40, 40, 3), dtype=np.uint8),
        np.full((20, 20, 3), 77, np.uint8),
        rng.integers(0, 256, (2, 2, 3), dtype=np.uint8),
        rng.integers(0, 256, (1, 1, 3), dtype=np.uint8),
    ]
    return [*real, np.ascontiguousarray(real[0][..., :1]), *made]


@pytest.fixture(scope="session")
def photos(images):
    """The real ones of three channels."""
    return images[:4]


@pytest.fixture(scope="session")
def seen():
    """Return the function that shows an image, as large as it is, after some steps."""

    def show(image, steps, **options):
        channels = image.shape[2]
        return render_uint8(
            pack_images([image]),
            np.array([0]),
            Look(np.array([[0.0, 0, 1, 1]]), steps),
            size=len(image),
            standardize=Standardize((0.5,) * channels, (0.25,) * channels),
            **options,
        )[0]

    return show


@pytest.fixture(scope="session")
def difference(images, seen):
    """Return the function that gives all levels' distances from what Pillow makes."""

    def compare(steps, theirs, pictures=images, **options):
        distances = []
        for image in pictures:
            expected = np.asarray(
                theirs(
                    Image.fromarray(image.squeeze(2) if image.shape[2] == 1 else image)
                )
            )
            ours = seen(image, steps, **options).astype(int)
            distances.append(np.abs(ours - expected.reshape(image.shape)).ravel())
        return np.concatenate(distances)

    return compare


@pytest.fixture(scope="session")
def torchvision():
    """torchvision's functions of 8-bit tensors.

    Its wheel does not import beside a CPU build of PyTorch without two operators,
    which are defined for the time of the import only.
    """
    with contextlib.suppress(RuntimeError):  # another test has defined them
        library = torch.library.Library("torchvision", "DEF")
        for name in ("nms", "qnms"):
            library.define(f"{name}(Tensor boxes, Tensor scores, float t) -> Tensor")
    pytest.importorskip("torchvision", reason="torchvision is not installed")
    return importlib.import_module("torchvision.transforms.functional")


@pytest.fixture(scope="session")
def of_tensors():
    """Turn a function of 8-bit tensors into one of Pillow images."""

    def wrap(function):
        def theirs(picture):
            levels = np.atleast_3d(np.asarray(picture)).transpose(2, 0, 1)
            return function(torch.from_numpy(levels.copy())).numpy().transpose(1, 2, 0)

        return theirs

    return wrap
