"""Augment: images as a policy shows them, in a loop of your own.

Use: in any PyTorch loop; `Collate` does the same in a DataLoader.
Side effects: none; the images given stay as they are.
Source: definition; see `render`.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from trainwell.augment._render import render, render_uint8
from trainwell.augment.ops import Look
from trainwell.augment.policies import Change, Draw, Plain, Policy
from trainwell.data import PackedImages, pack_images
from trainwell.preprocess import Standardize

Pixels = npt.NDArray[np.uint8]
Images = Tensor | Pixels | Sequence[Tensor | Pixels]
Key = int | tuple[int, Sequence[int] | npt.NDArray[np.integer]]
_MOST_CHANNELS = 4  # of an image whose first axis may be its channels


def augment(  # noqa: PLR0913
    images: Images,
    policy: Policy | Change,
    *,
    key: Key,
    epoch: int = 0,
    size: int | None = None,
    standardize: Standardize | None = None,
    border: str = "mean",
    interpolation: str = "nearest",
    threads: int = 1,
) -> Tensor:
    """Return the images as the policy shows them in this epoch.

    Args:
        images: 8-bit levels, channels last: a tensor or array (n, height, width,
            channels), or n of (height, width, channels) that may differ in size.
        policy: A policy; one that only changes what a crop shows, such as RandAugment,
            sees the whole image, padded to a square.
        key: A seed, or a seed and n ids. A look depends on seed, epoch and id alone,
            so give ids to be independent of batches; otherwise they are 0 .. n - 1.
        epoch: The pass over the data.
        size: Height and width of the output in pixels; where all images are squares
            of one size, that is the default.
        standardize: Statistics of the training split; None returns 8-bit levels.
        border: What lies outside an image: `mean` (mid-grey without `standardize`),
            `reflect` or `black`.
        interpolation: Of warps: `nearest` or `linear`.
        threads: How many samples are rendered at a time; no effect on the result.

    Returns:
        Shape (n, channels, size, size) with channels_last strides; float32, or uint8
        without `standardize`.

    Raises:
        ValueError: If the images are not 8-bit or not channels last, or numbers of
            ids, channels or sizes disagree.
    """
    pack = pack_images(as_arrays(images))
    seed, ids = key if isinstance(key, tuple) else (key, range(len(pack)))
    if len(ids) != len(pack):
        raise ValueError(f"`key` has {len(ids)} ids for {len(pack)} images.")
    keys = np.array([int(i) % 2**64 for i in ids], np.uint64)
    drawn = policy(Draw(seed, epoch, keys, pack.heights, pack.widths))
    if not isinstance(drawn, Look):
        whole = Plain()(Draw(seed, epoch, keys, pack.heights, pack.widths))
        drawn = whole.then(drawn)
    side = _common_side(pack) if size is None else size
    grey = Standardize((0.5,) * pack.channels, (1.0,) * pack.channels)
    if standardize is not None and len(standardize.mean) != pack.channels:
        raise ValueError(
            f"`standardize` is for {len(standardize.mean)} channels, and the images "
            f"have {pack.channels}."
        )
    run = render_uint8 if standardize is None else render
    rendered = run(
        pack,
        np.arange(len(pack)),
        drawn,
        size=side,
        standardize=standardize or grey,
        border=border,
        interpolation=interpolation,
        threads=threads,
    )
    return torch.from_numpy(rendered).permute(0, 3, 1, 2)


def as_arrays(images: Images) -> list[Pixels]:
    """Return each image as an array (height, width, channels).

    Raises:
        ValueError: If one is not 8-bit, or its channels are not last.
    """
    arrays = [np.asarray(image) for image in images]
    for array in arrays:
        if array.dtype != np.uint8:
            raise ValueError(
                f"`images` must be 8-bit levels (uint8), got {array.dtype}; augment "
                "before normalising."
            )
        if array.ndim != 3:
            raise ValueError(
                "`images` must be (height, width, channels) each, got shape "
                f"{array.shape}."
            )
        if array.shape[0] in (1, 3) and array.shape[2] > _MOST_CHANNELS:
            raise ValueError(
                f"`images` must have their channels last, got shape {array.shape}; "
                "move them with `images.permute(0, 2, 3, 1)`."
            )
    return arrays


def _common_side(pack: PackedImages) -> int:
    sides = {*pack.heights.tolist(), *pack.widths.tolist()}
    if len(sides) != 1:
        raise ValueError(
            "`size` must be given where images are not all squares of one size."
        )
    return int(sides.pop())
