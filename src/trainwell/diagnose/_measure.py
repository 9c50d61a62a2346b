"""Statistics of one tensor of outputs.

    saturated: fraction of y with y < 0.01 or y > 0.99 (sigmoid), |y| > 0.98 (tanh)
    dead:      fraction of channels that are exactly 0 everywhere (rectifiers)

Both limits leave 1 % of the range of the function; its slope there is at most 4 % of
the steepest.

Source: definition; the quantities of the lectures' slides on activation statistics.
"""

import torch
from torch import Tensor

NUM_BINS = 60

_ENDS = {"Sigmoid": (0.01, 0.99), "Tanh": (-0.98, 0.98)}
_RECTIFIERS = ("ReLU", "ReLU6", "Threshold", "Hardswish", "HardSwish", "HardswishMe")


def saturated_fraction(y: Tensor, kind: str) -> float | None:
    """Return the fraction of outputs near the ends; None if the kind has no ends."""
    if kind not in _ENDS:
        return None
    low, high = _ENDS[kind]
    return ((y < low) | (y > high)).double().mean().item()


def dead_fraction(y: Tensor, kind: str, *, axis: int) -> float | None:
    """Return the fraction of channels without gradient.

    None if the activation is not a rectifier.

    Args:
        y: Outputs.
        kind: Name of the activation's class.
        axis: Axis of the channels.
    """
    if kind not in _RECTIFIERS:
        return None
    alive = (y != 0).movedim(axis, -1).flatten(0, -2).any(0)
    return 1 - alive.double().mean().item()


def histogram(y: Tensor) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Return counts and edges of bins of equal width between the extremes."""
    low, high = (value.item() for value in torch.aminmax(y))
    if not torch.isfinite(y).all():
        return (0,) * NUM_BINS, (0.0,) * (NUM_BINS + 1)
    if low == high:
        low, high = low - 0.5, high + 0.5
    counts = torch.histc(y, NUM_BINS, min=low, max=high)
    edges = torch.linspace(low, high, NUM_BINS + 1, dtype=torch.float64)
    return tuple(int(n) for n in counts.tolist()), tuple(edges.tolist())
