"""Augment: images augmented by a policy, in your own training loop.

Use: in any PyTorch loop; `Collate` does the same in a DataLoader.
Side effects: none; the images are not modified.
Source: definition; see `render`.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from trainwell.augment._images import Images, pack_for
from trainwell.augment._render import render, render_bfloat16, render_uint8
from trainwell.augment.batched import render_batched
from trainwell.augment.ops import TransformParams
from trainwell.augment.policies import Plain, Policy, SamplingContext, Transform
from trainwell.core.image_size import ImageSize
from trainwell.data import DeviceImages, PackedImages
from trainwell.preprocess import Standardize

Key = int | tuple[int, Sequence[int] | npt.NDArray[np.integer]]


def augment(  # noqa: PLR0913
    images: Images,
    policy: Policy | Transform,
    *,
    key: Key,
    epoch: int = 0,
    size: ImageSize | None = None,
    standardize: Standardize | None = None,
    border: str = "mean",
    interpolation: str = "nearest",
    threads: int = 1,
    backend: str = "auto",
    dtype: torch.dtype = torch.float32,
) -> Tensor:
    """Return the images as the policy augments them in this epoch.

    Args:
        images: 8-bit pixel values, channels last: a tensor or array (n, height, width,
            channels), or n of (height, width, channels) that may differ in size.
        policy: A policy; one that only changes what a crop shows, such as RandAugment,
            sees the whole image, padded to the output's proportions.
        key: A seed, or a seed and n ids. The transform parameters depend on seed, epoch
            and id alone, so give ids to be independent of batches; otherwise they are 0
            .. n - 1.
        epoch: The pass over the data.
        size: Size of the output in pixels: a square's side, or (height, width); where
            all images have one size, that is the default.
        standardize: Statistics of the training split; None returns 8-bit pixel values.
        border: Pixels outside an image: `mean` (mid-grey without `standardize`),
            `reflect` or `black`.
        interpolation: Interpolation of warps: `nearest` or `linear`.
        threads: Number of samples that `numba` renders at a time; no effect on the
            result.
        backend: `numba`, on the CPU; `torch`, on the device of the tensors; `auto` is
            torch for tensors on an accelerator. They show the same; see
            `render_batched`.
        dtype: Type of normalised images: float32, or bfloat16 rounded from it.

    Returns:
        Shape (n, channels, height, width) with channels_last strides; of `dtype`, or
        uint8 without `standardize`. On the images' device with `torch`, else on the
        CPU.

    Raises:
        ValueError: If the images are not 8-bit or not channels last, numbers of ids,
            channels or sizes disagree, or there is no such `dtype`.

    Example:
        >>> from trainwell.augment import augment, policies
        >>> images = torch.full((4, 8, 8, 3), 100, dtype=torch.uint8)
        >>> batch = augment(images, policies.RandAugment(), key=0, epoch=3)
        >>> batch.shape, batch.dtype
        (torch.Size([4, 3, 8, 8]), torch.uint8)
    """
    if dtype not in (torch.float32, torch.bfloat16):
        raise ValueError(f"`dtype` must be torch.float32 or bfloat16, got {dtype}.")
    pack = pack_for(backend, images)
    seed, ids = key if isinstance(key, tuple) else (key, range(len(pack)))
    if len(ids) != len(pack):
        raise ValueError(f"`key` has {len(ids)} ids for {len(pack)} images.")
    keys = np.array([int(i) % 2**64 for i in ids], np.uint64)
    size = _common_size(pack) if size is None else size
    context = SamplingContext(seed, epoch, keys, pack.heights, pack.widths, size=size)
    params = policy(context)
    if not isinstance(params, TransformParams):
        params = Plain()(context).then(params)
    grey = Standardize((0.5,) * pack.channels, (1.0,) * pack.channels)
    if standardize is not None and len(standardize.mean) != pack.channels:
        raise ValueError(
            f"`standardize` is for {len(standardize.mean)} channels, and the images "
            f"have {pack.channels}."
        )
    rows = np.arange(len(pack))
    options: dict[str, Any] = {
        "size": size,
        "standardize": standardize or grey,
        "border": border,
        "interpolation": interpolation,
    }
    if isinstance(pack, DeviceImages):
        out = torch.uint8 if standardize is None else dtype
        return render_batched(pack, rows, params, **options, dtype=out)
    if standardize is None:
        pixels = render_uint8(pack, rows, params, **options, threads=threads)
        batch = torch.from_numpy(pixels)
    elif dtype == torch.bfloat16:
        batch = render_bfloat16(pack, rows, params, **options, threads=threads)
    else:
        batch = torch.from_numpy(render(pack, rows, params, **options, threads=threads))
    return batch.permute(0, 3, 1, 2)


def _common_size(pack: PackedImages | DeviceImages) -> ImageSize:
    sizes = set(zip(pack.heights.tolist(), pack.widths.tolist(), strict=True))
    if len(sizes) != 1:
        raise ValueError("`size` must be given where images are not all of one size.")
    return sizes.pop()
