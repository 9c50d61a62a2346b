"""Images as users have them, packed for the back end that will render them.

Source: none; plumbing.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from trainwell.core import checks
from trainwell.data import (
    DeviceImages,
    PackedImages,
    device_images,
    pack_images,
    to_device,
)

Pixels = npt.NDArray[np.uint8]
Images = Tensor | Pixels | Sequence[Tensor | Pixels]
BACKENDS = ("auto", "numba", "torch")
_MOST_CHANNELS = 4  # of an image whose first axis may be its channels


def pack_for(backend: str, images: Images) -> PackedImages | DeviceImages:
    """Return the images for Numba, or where they lie for torch.

    `auto` is torch for tensors on an accelerator that has float64.

    Raises:
        ValueError: If the backend is unknown or the images are not 8-bit, not channels
            last, or on several devices.
    """
    checks.one_of("backend", backend, BACKENDS)
    tensors = [image for image in images if isinstance(image, Tensor)]
    devices = {image.device for image in tensors}
    if backend == "auto":
        accelerated = any(d.type not in ("cpu", "mps") for d in devices)
        backend = "torch" if accelerated else "numba"
    if backend == "numba":
        return pack_images(as_arrays(images))
    if len(tensors) != len(images):
        return to_device(pack_images(as_arrays(images)), torch.device("cpu"))
    if len(devices) > 1:
        raise ValueError(f"`images` must be on one device, got {devices}.")
    for image in tensors:
        _check(image)
    return device_images(images if isinstance(images, Tensor) else tensors)


def as_arrays(images: Images) -> list[Pixels]:
    """Return each image as an array (height, width, channels).

    Raises:
        ValueError: If one is not 8-bit, or its channels are not last.
    """
    arrays = [
        np.asarray(image.cpu() if isinstance(image, Tensor) else image)
        for image in images
    ]
    for array in arrays:
        _check(array)
    return arrays


def _check(image: Tensor | Pixels) -> None:
    kind, shape = str(image.dtype).removeprefix("torch."), tuple(image.shape)
    if kind != "uint8":
        raise ValueError(
            f"`images` must be 8-bit pixel values (uint8), got {kind}; augment "
            "before normalising."
        )
    if len(shape) != 3:
        raise ValueError(
            f"`images` must be (height, width, channels) each, got shape {shape}."
        )
    if shape[0] in (1, 3) and shape[2] > _MOST_CHANNELS:
        raise ValueError(
            f"`images` must have their channels last, got shape {shape}; "
            "move them with `images.permute(0, 2, 3, 1)`."
        )
