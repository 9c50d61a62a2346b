"""Real and made-up pictures, one step rendered, and the peers it is held against."""

import contextlib
import importlib

import numpy as np
import pytest
import torch
from PIL import Image

from trainwell.augment import ops, render_uint8
from trainwell.augment.ops import TransformParams
from trainwell.data import pack_images
from trainwell.preprocess import Standardize


@pytest.fixture(scope="session")
def images(shared_data):
    """Square images and two of 36 x 60: real ones, one grey, noise, flat, tiny ones."""
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
    oblong = [np.asarray(found[0].resize(s)) for s in ((60, 36), (36, 60))]
    return [*real, np.ascontiguousarray(real[0][..., :1]), *made, *oblong]


@pytest.fixture(scope="session")
def photos(images):
    """The real ones of three channels."""
    return images[:4]


@pytest.fixture(scope="session")
def seen():
    """Return the function that shows an image, as large as it is, after some steps."""

    def show(image, operations, **options):
        channels = image.shape[2]
        return render_uint8(
            pack_images([image]),
            np.array([0]),
            TransformParams(np.array([[0.0, 0, 1, 1]]), operations),
            size=image.shape[:2],
            standardize=Standardize((0.5,) * channels, (0.25,) * channels),
            **options,
        )[0]

    return show


@pytest.fixture(scope="session")
def on_canvas():
    """Return the function that shows a turned image amid a canvas of another shape."""

    def place(turned, shape, fill=128):
        canvas = np.full(shape, fill, np.uint8)
        height, width = np.minimum(turned.shape[:2], shape[:2])

        def middle(array):
            top, left = (array.shape[0] - height) // 2, (array.shape[1] - width) // 2
            return array[top : top + height, left : left + width]

        middle(canvas)[:] = middle(turned)
        return canvas

    return place


@pytest.fixture(scope="session")
def difference(images, seen):
    """Return the function that gives all pixel values' distances from what Pillow makes."""

    def compare(operations, theirs, pictures=images, **options):
        distances = []
        for image in pictures:
            expected = np.asarray(
                theirs(
                    Image.fromarray(image.squeeze(2) if image.shape[2] == 1 else image)
                )
            )
            ours = seen(image, operations, **options).astype(int)
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
            pixel_values = np.atleast_3d(np.asarray(picture)).transpose(2, 0, 1)
            return (
                function(torch.from_numpy(pixel_values.copy()))
                .numpy()
                .transpose(1, 2, 0)
            )

        return theirs

    return wrap


@pytest.fixture(scope="session")
def any_step():
    """Return the function that draws one of all operations at a random magnitude."""
    return _any_step


def _any_step(rng):
    u = rng.uniform
    key = rng.integers(0, 2**63, 1).astype(np.uint64)
    matrix = np.eye(3, 4) + rng.normal(0, 0.1, (3, 4))
    makers = [
        ops.flip,
        ops.vertical_flip,
        ops.transpose,
        lambda: ops.rotate90(int(rng.integers(4))),
        lambda: ops.rotate(u(-60, 60)),
        lambda: ops.translate_x(u(-0.6, 0.6)),
        lambda: ops.translate_y(u(-0.6, 0.6)),
        lambda: ops.shear_x(u(-0.4, 0.4)),
        lambda: ops.shear_y(u(-0.4, 0.4), about="centre"),
        lambda: ops.stretch(u(0.4, 2.5), u(0.4, 2.5)),
        lambda: ops.shift_scale_rotate(u(-0.1, 0.1), 0.0, u(0.8, 1.2), u(-180, 180)),
        lambda: ops.lens_distortion(u(-0.3, 0.3), u(-0.1, 0.1)),
        lambda: ops.brightness(u(0.3, 1.7)),
        lambda: ops.contrast(u(0.3, 1.7)),
        lambda: ops.saturation(u(0.3, 1.7)),
        lambda: ops.hue(u(-0.5, 0.5)),
        lambda: ops.autocontrast(amount=u()),
        lambda: ops.equalize(amount=u()),
        lambda: ops.invert(amount=u()),
        lambda: ops.smooth(u()),
        lambda: ops.blur(u()),
        lambda: ops.rescale(u(0, 0.4)),
        lambda: ops.posterize(int(rng.integers(1, 9))),
        lambda: ops.solarize(u(0, 256)),
        lambda: ops.solarize_add(u(0, 110)),
        lambda: ops.gamma(u(0.5, 2)),
        lambda: ops.scale_and_shift(u(0.5, 1.5), u(-50, 50, 4)),
        lambda: ops.color_matrix(matrix),
        lambda: ops.sharpness(u(0.1, 1.9)),
        lambda: ops.gaussian_blur(u(0.1, 2)),
        lambda: ops.gaussian_noise(u(0, 0.1), key),
        lambda: ops.iso_noise(0.05, 0.03, key),
        lambda: ops.cutout(u(), u(), u(0.1, 0.5)),
        lambda: ops.erase(*u(-0.1, 1.1, 4), color=u(0, 255, 4)),
    ]
    return makers[rng.integers(len(makers))]()
