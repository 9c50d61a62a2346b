"""View: how stored pixels become the tensor that a model reads.

Source: none; plumbing.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from trainwell.augment import render
from trainwell.augment.ops import Look
from trainwell.data import ImageStore, PackedImages, StreamingStore
from trainwell.preprocess import Standardize


@dataclass(frozen=True, kw_only=True)
class View:
    """How stored pixels become the tensor that a model reads.

    Attributes:
        size: Height and width in pixels.
        fit: How a whole image is shown: `pad`, `stretch` or `crop`.
        border: What lies outside an image: `mean`, `reflect` or `black`.
        interpolation: Of warps: `nearest` or `linear`.
        standardize: Statistics of the training split.
        device: Where batches go.
        memory_format: `contiguous` or `channels_last`.
        threads: Samples rendered at a time.
    """

    size: int
    fit: str
    border: str
    standardize: Standardize
    device: torch.device
    memory_format: str = "contiguous"
    interpolation: str = "nearest"
    threads: int = 1


def rendered(
    store: ImageStore, indices: npt.NDArray[np.int64], look: Look, view: View
) -> npt.NDArray[np.float32]:
    """Return these samples as `look` says: shape (n, size, size, channels).

    Files are decoded and shown one by one in the same thread, while their pixels are
    in its cache.
    """
    how: dict[str, Any] = {
        "size": view.size,
        "standardize": view.standardize,
        "border": view.border,
        "interpolation": view.interpolation,
    }
    if not isinstance(store, StreamingStore):
        pack, rows = store.fetch(indices)
        return render(pack, rows, look, **how, threads=view.threads)
    out = np.empty((len(indices), view.size, view.size, store.channels), np.float32)
    only = np.zeros(1, np.int64)

    def show(i: int, pack: PackedImages, window: npt.NDArray[np.float64]) -> None:
        one = Look(window[None], look.steps[i : i + 1])
        render(pack, only, one, **how, out=out[i : i + 1])

    store.each_window(indices, look.windows, view.size, show)
    return out
