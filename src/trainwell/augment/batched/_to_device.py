"""Ship: send many small arrays to a device in one copy, without waiting for it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

_ALIGNED = 8  # bytes: of the largest number


def to_device(arrays: Sequence[npt.NDArray[Any]], device: torch.device) -> list[Tensor]:
    """Return the arrays as tensors on the device, all views of one buffer."""
    places = np.cumsum([0, *(-(-a.nbytes // _ALIGNED) * _ALIGNED for a in arrays)])
    pinned = device.type == "cuda"  # else the copy would wait for all work before it
    box = torch.empty(int(places[-1]), dtype=torch.uint8, pin_memory=pinned)
    inside = box.numpy()
    for array, place in zip(arrays, places, strict=False):
        flat = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
        inside[place : place + array.nbytes] = flat
    sent = box.to(device, non_blocking=True)
    return [
        sent[place : place + array.nbytes].view(_type(array)).reshape(array.shape)
        for array, place in zip(arrays, places.tolist(), strict=False)
    ]


def _type(array: npt.NDArray[Any]) -> torch.dtype:
    return torch.from_numpy(np.empty(0, array.dtype)).dtype
