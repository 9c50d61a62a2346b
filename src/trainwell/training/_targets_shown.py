"""Targets as the samples are shown: places move with the image, others stay."""

from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from trainwell.augment.ops import TransformParams, crop_only, fit
from trainwell.data import Dataset
from trainwell.tasks import whole_frames
from trainwell.training._render_settings import RenderSettings


def targets_shown(
    dataset: Dataset,
    indices: npt.NDArray[np.int64],
    params: TransformParams,
    settings: RenderSettings,
) -> Tensor:
    """Return the targets of some samples, on the device of the settings.

    Args:
        dataset: The samples, with the sizes of their images.
        indices: Which.
        params: What is done to the images.
        settings: How they are shown; `located` moves the targets.
    """
    targets = dataset.targets[indices]
    if settings.located is not None:
        sizes = dataset.sizes[indices]
        targets = settings.located.moved(targets, params, sizes, settings.size)
    return torch.from_numpy(targets).to(settings.device)


def frames_shown(
    dataset: Dataset, indices: npt.NDArray[np.int64], settings: RenderSettings
) -> Tensor | None:
    """Return where some whole images lie in what is shown; None if it is no matter."""
    if settings.located is None:
        return None
    sizes = dataset.sizes[indices]
    return torch.from_numpy(whole_frames(sizes, settings.fit, settings.size))


def whole_targets(
    dataset: Dataset, settings: RenderSettings
) -> tuple[npt.NDArray[Any], npt.NDArray[np.float64] | None]:
    """Return all targets as whole images are shown, and their frames; see `Batch`.

    Frames are None where targets are no places.
    """
    task = settings.located
    if task is None:
        return dataset.targets, None
    sizes, size = dataset.sizes, settings.size
    heights, widths = sizes.T
    params = crop_only(fit(heights, widths, mode=settings.fit, size=size))
    frames = whole_frames(sizes, settings.fit, size)
    return task.moved(dataset.targets, params, sizes, size), frames
