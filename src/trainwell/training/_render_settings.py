"""Render settings: how stored pixels become the tensor that a model reads."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from trainwell.augment import BACKENDS, render, render_batched
from trainwell.augment.ops import TransformParams
from trainwell.core import checks
from trainwell.core.errors import RecipeError
from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.data import (
    ImageStore,
    PackedImages,
    ResidentStore,
    StreamingStore,
    to_device,
)
from trainwell.preprocess import Standardize
from trainwell.tasks import Task
from trainwell.training._mixed_precision import MEMORY_FORMATS

_MEMORY_PARTS = 4  # pixels may take one part in so many of the device's memory


@dataclass(frozen=True, kw_only=True)
class RenderSettings:
    """Settings by which stored pixels become the tensor that a model reads.

    Attributes:
        size: Side of a square in pixels, or (height, width).
        fit: Method that gives a whole image these proportions: `pad`, `stretch` or
            `crop`.
        border: Fill of the area outside an image: `mean`, `reflect` or `black`.
        interpolation: Interpolation of warps: `nearest` or `linear`.
        standardize: Statistics of the training split.
        device: Device of the batches.
        memory_format: `contiguous` or `channels_last`.
        threads: Number of samples that Numba renders at a time.
        backend: `numba` renders on the CPU, `torch` on the device; `auto` is torch if
            the device is a GPU and the pixels fit into a quarter of its memory.
        located: The task whose targets are places in the image, and move with it.

    Example:
        >>> from trainwell.preprocess import Standardize
        >>> RenderSettings(size=32, fit="pad", border="mean",
        ...                standardize=Standardize((0.5,), (0.25,)),
        ...                device=torch.device("cpu")).backend
        'auto'
    """

    size: ImageSize
    fit: str
    border: str
    standardize: Standardize
    device: torch.device
    memory_format: str = "contiguous"
    interpolation: str = "nearest"
    threads: int = 1
    backend: str = "auto"
    located: Task | None = None

    def __post_init__(self) -> None:
        checks.one_of("backend", self.backend, BACKENDS)
        if self.backend == "torch" and self.device.type == "mps":
            raise RecipeError(
                "augment.backend=torch needs float64, which mps lacks; use numba."
            )


def render_samples(
    store: ImageStore,
    indices: npt.NDArray[np.int64],
    params: TransformParams,
    settings: RenderSettings,
) -> Tensor:
    """Return these samples, rendered with these parameters, on the device."""
    options: dict[str, Any] = {
        "size": settings.size,
        "standardize": settings.standardize,
        "border": settings.border,
        "interpolation": settings.interpolation,
    }
    if chosen_backend(settings, store) == "torch":
        pack, rows = store.fetch(indices)
        resident = (
            store.on(settings.device) if isinstance(store, ResidentStore) else None
        )
        pixels = resident or to_device(pack, settings.device)
        images = render_batched(pixels, rows, params, **options)
    else:
        if isinstance(store, StreamingStore):
            rendered = _streamed(store, indices, params, options)
        else:
            pack, rows = store.fetch(indices)
            rendered = render(pack, rows, params, **options, threads=settings.threads)
        images = torch.from_numpy(rendered).to(settings.device).permute(0, 3, 1, 2)
    return images.contiguous(memory_format=MEMORY_FORMATS[settings.memory_format])


def _streamed(
    store: StreamingStore,
    indices: npt.NDArray[np.int64],
    params: TransformParams,
    options: dict[str, Any],
) -> npt.NDArray[np.float32]:
    """Decode and render one by one, each in a thread whose cache has the pixels."""
    size = height_and_width(options["size"])
    out = np.empty((len(indices), *size, store.channels), np.float32)
    only = np.zeros(1, np.int64)

    def one(i: int, pack: PackedImages, crop_box: npt.NDArray[np.float64]) -> None:
        alone = TransformParams(crop_box[None], params.ops[i : i + 1])
        render(pack, only, alone, **options, out=out[i : i + 1])

    store.for_each_crop(indices, params.crop_boxes, size, one)
    return out


def chosen_backend(settings: RenderSettings, store: ImageStore) -> str:
    """Return the backend that renders the pixels of this store: `numba` or `torch`."""
    if settings.backend != "auto":
        return settings.backend
    if settings.device.type != "cuda" or not isinstance(store, ResidentStore):
        return "numba"
    if store.pack.buffer.itemsize > 1:
        return "numba"
    memory = torch.cuda.get_device_properties(settings.device).total_memory
    return "torch" if store.pack.buffer.nbytes <= memory // _MEMORY_PARTS else "numba"
