"""Packed images whose pixels lie on a device; sizes and places stay on the CPU.

Source: none; types.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from trainwell.core.errors import DataError
from trainwell.data._types import PackedImages


@dataclass(frozen=True)
class DeviceImages:
    """As `PackedImages`, with the buffer as a tensor on any device.

    `offsets` are multiples of `channels`: an image begins with a whole pixel.

    Example:
        >>> from trainwell.data import device_images
        >>> images = device_images(torch.zeros(2, 4, 6, 3, dtype=torch.uint8))
        >>> images.heights.tolist(), images.widths.tolist()
        ([4, 4], [6, 6])
    """

    buffer: Tensor
    offsets: npt.NDArray[np.int64]
    heights: npt.NDArray[np.int32]
    widths: npt.NDArray[np.int32]
    channels: int

    def __len__(self) -> int:
        return len(self.offsets)

    def __repr__(self) -> str:
        return f"DeviceImages(images={len(self)}, device={self.buffer.device})"


def to_device(pack: PackedImages, device: torch.device) -> DeviceImages:
    """Return the pack with its pixels on the device; on the CPU they are shared.

    Raises:
        ValueError: If an image does not begin with a whole pixel of the buffer.

    Example:
        >>> from trainwell.data import pack_images, to_device
        >>> to_device(pack_images([np.zeros((4, 6, 3), np.uint8)]), torch.device("cpu"))
        DeviceImages(images=1, device=cpu)
    """
    if (pack.offsets % pack.channels).any():
        raise ValueError("`pack.offsets` must be multiples of `pack.channels`.")
    pixels = pack.buffer if pack.buffer.flags.writeable else pack.buffer.copy()
    buffer = torch.from_numpy(pixels).to(device)
    return DeviceImages(buffer, pack.offsets, pack.heights, pack.widths, pack.channels)


def device_images(images: Tensor | Sequence[Tensor]) -> DeviceImages:
    """Pack tensors without moving them.

    Args:
        images: 8-bit pixel values of shape (n, height, width, channels), or n tensors
            of (height, width, channels) on one device.

    Raises:
        DataError: If there is no image, or they differ in channels.

    Example:
        >>> from trainwell.data import device_images
        >>> device_images(torch.zeros(2, 4, 6, 3, dtype=torch.uint8))
        DeviceImages(images=2, device=cpu)
    """
    shapes = [tuple(image.shape) for image in images]
    channels = {shape[-1] for shape in shapes}
    if len(channels) != 1:
        raise DataError(f"images to pack must share their channels, got {channels}.")
    if isinstance(images, Tensor):
        buffer = images.reshape(-1)
    else:
        buffer = torch.cat([image.reshape(-1) for image in images])
    sizes = np.array(shapes, np.int32)
    lengths = sizes.astype(np.int64).prod(axis=1)
    return DeviceImages(
        buffer,
        offsets=np.cumsum(lengths) - lengths,
        heights=sizes[:, 0].copy(),
        widths=sizes[:, 1].copy(),
        channels=channels.pop(),
    )
