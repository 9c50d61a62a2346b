"""Images as a network sees them: as numbers, or as the levels that an export is fed."""

from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from trainwell.augment import render, render_uint8
from trainwell.augment.ops import TransformParams, crop_only, fit
from trainwell.core.device import num_cores
from trainwell.data import PackedImages
from trainwell.infer._metadata import Preprocessing


def shown(
    images: PackedImages, params: TransformParams, options: Preprocessing
) -> Tensor:
    """Return (n, channels, height, width), standardised."""
    batch = render(
        images,
        np.arange(len(images)),
        params,
        size=options.image_size,
        standardize=options.standardize,
        border=options.border,
        threads=num_cores(),
    )
    return torch.from_numpy(batch).permute(0, 3, 1, 2).contiguous()


def levels_of(images: PackedImages, options: Preprocessing) -> npt.NDArray[Any]:
    """Return (n, height, width, channels) of 8 or 16 bits, each image whole."""
    size = options.image_size
    return render_uint8(
        images,
        np.arange(len(images)),
        crop_only(fit(images.heights, images.widths, mode=options.fit, size=size)),
        size=size,
        standardize=options.standardize,
        border=options.border,
        threads=num_cores(),
    )
