"""Makers: operations of `augment.ops` by plain numbers, one per sample each.

What an operation needs beside its numbers is drawn: the key of a noise, the place of a
rectangle, the samples of a colour shift.

Source: Zhong et al., "Random Erasing Data Augmentation", 2020, algorithm 1, for the
rectangle; Krizhevsky et al., 2012, section 4.1, for the colour shift, with the colours
of ImageNet's training images as published with Torch.
"""

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from trainwell.augment import ops
from trainwell.augment.ops import OpSequence
from trainwell.augment.ops._op_sequence import no_ops
from trainwell.core.image_size import ImageSize, height_and_width

Floats = npt.NDArray[np.float64]
IMAGENET_EIGENVALUES = np.array([0.2175, 0.0188, 0.0045])
IMAGENET_EIGENVECTORS = np.array(
    [
        [-0.5675, 0.7192, 0.4009],
        [-0.5808, -0.0045, -0.8140],
        [-0.5836, -0.6948, 0.4203],
    ]
)
_OUTPUTS, _INPUTS = ("red", "green", "blue"), ("red", "green", "blue", "offset")
ENTRIES = tuple(f"{o}_{i}" for o in _OUTPUTS for i in _INPUTS)
"""The entries of a colour matrix, row by row."""
_LARGEST_WORD = 2**53


def identity(count: int) -> OpSequence:
    """Return nothing, for `count` samples."""
    return no_ops(count, 1)


def cutout(
    side: Floats, x: Floats, y: Floats, size: ImageSize, color: Floats | None = None
) -> OpSequence:
    """Return squares about (x, y)."""
    return ops.cutout(x, y, side, color=_grey(color), size=size)


def erase(  # noqa: PLR0913, PLR0917
    area: Floats,
    ratio: Floats,
    x: Floats,
    y: Floats,
    size: ImageSize,
    color: Floats | None = None,
) -> OpSequence:
    """Return rectangles of a share of the image, cut where they are too long.

    Args:
        area: Share of the image.
        ratio: Width over height, in pixels.
        x: Place in the free room across, from 0 to 1.
        y: Place in the free room down.
        size: Size of the output.
        color: Pixel value of all channels; None takes the colour of the border.
    """
    rows, columns = height_and_width(size)
    slope = ratio * rows / columns
    wide = np.minimum(1.0, np.sqrt(area * slope))
    high = np.minimum(1.0, np.sqrt(area / slope))
    left, top = x * (1 - wide), y * (1 - high)
    return ops.erase(left, top, left + wide, top + high, color=_grey(color))


def gaussian_blur(sigma: Floats, size: Floats | None = None) -> OpSequence:
    """Return blurs; `size` is the width of the kernel in pixels."""
    return ops.gaussian_blur(sigma, None if size is None else size.astype(np.int64))


def gaussian_noise(std: Floats, chance: Floats) -> OpSequence:
    """Return noise of a key per sample."""
    return ops.gaussian_noise(std, _words(chance))


def iso_noise(brightness: Floats, color: Floats, chance: Floats) -> OpSequence:
    """Return noise of a key per sample."""
    return ops.iso_noise(brightness, color, _words(chance))


def pca_color_shift(std: Floats, chance: Floats) -> OpSequence:
    """Return shifts by normal samples of this standard deviation."""
    samples = std[:, None] * ndtri(np.clip(chance, 1e-9, 1 - 1e-9))
    return ops.pca_color_shift(
        samples, eigenvectors=IMAGENET_EIGENVECTORS, eigenvalues=IMAGENET_EIGENVALUES
    )


def scale_and_shift(
    factor: Floats, red: Floats, green: Floats, blue: Floats
) -> OpSequence:
    """Return scaled and shifted channels; all beyond three take the last shift."""
    return ops.scale_and_shift(factor, np.stack([red, green, blue], 1))


def color_matrix(**entries: Floats) -> OpSequence:
    """Return colour matrices of twelve entries each."""
    stacked = np.stack([entries[name] for name in ENTRIES], 1)
    return ops.color_matrix(stacked.reshape(-1, 3, 4))


def rotate90(turns: Floats) -> OpSequence:
    """Return quarter turns."""
    return ops.rotate90(turns.astype(np.int64))


def _grey(color: Floats | None) -> Floats | None:
    return None if color is None else color[:, None]


def _words(chance: Floats) -> npt.NDArray[np.uint64]:
    return (chance[:, 0] * _LARGEST_WORD).astype(np.uint64)
