"""From the output of a block to the numbers that a head on all depths reads.

of_image(x) = [mean over places, and maximum if asked]       (batch, numbers)
of_cells(x) = means over about n x n cells                   (batch, numbers)
of_parts(x) = means over 3 x 3 overlapping parts of half its
    height and half its width                                (batch, 9, numbers)

An output is maps (batch, channels, height, width), tokens (batch, tokens, channels) or
numbers (batch, channels); the last two have no places to divide.
"""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

PARTS = 9
_A_SIDE = 3
_FLAT: dict[int, Callable[[Tensor], Tensor]] = {
    2: lambda numbers: numbers[:, :, None],
    3: lambda tokens: tokens.transpose(1, 2),
    4: lambda maps: maps.flatten(2),
}
"""From an output, by its dimensions, to (batch, channels, places)."""


def has_numbers(output: Tensor) -> bool:
    """Tell whether an output is maps, tokens or numbers.

    Example:
        >>> has_numbers(torch.zeros(2, 3, 4, 4)), has_numbers(torch.zeros(3))
        (True, False)
    """
    return output.ndim in _FLAT


def of_image(output: Tensor, *, maxima: bool) -> Tensor:
    """Return means over the image, with maxima after them if asked.

    Example:
        >>> of_image(torch.tensor([[[[1.0, 3.0]]]]), maxima=True)
        tensor([[2., 3.]])
    """
    flat = _FLAT[output.ndim](output)
    parts = [flat.mean(-1), *([flat.amax(-1)] if maxima else [])]
    return torch.cat(parts, 1)


def of_cells(output: Tensor, *, cells: int) -> Tensor:
    """Return means over about so many cells a side.

    Example:
        >>> of_cells(torch.arange(4.0).reshape(1, 1, 2, 2), cells=2)
        tensor([[0., 1., 2., 3.]])
    """
    if output.ndim != 4:
        return of_image(output, maxima=False)
    kernel = [max(1, round(side / cells)) for side in output.shape[2:]]
    return F.avg_pool2d(output, kernel).flatten(1)


def of_parts(output: Tensor) -> Tensor:
    """Return means over each of 3 x 3 overlapping parts.

    Example:
        >>> of_parts(torch.arange(16.0).reshape(1, 1, 4, 4))[0, :3, 0]
        tensor([2.5000, 3.5000, 4.5000])
    """
    if output.ndim != 4:
        return of_image(output, maxima=False)[:, None].expand(-1, PARTS, -1)
    rows = torch.stack([output[:, :, p].mean(2) for p in _parts(output.shape[2])], 2)
    both = torch.stack([rows[..., p].mean(3) for p in _parts(output.shape[3])], 3)
    return both.flatten(2).transpose(1, 2)


def _parts(side: int) -> list[slice]:
    """Return three halves of a side: the first, the middle and the last."""
    length = (side + 1) // 2
    step = (side - length) / (_A_SIDE - 1)
    starts = [int(i * step) for i in range(_A_SIDE)]
    return [slice(start, start + length) for start in starts]
