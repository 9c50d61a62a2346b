"""Gradients by autograd against central differences, in float64.

    n = (f(x + h) - f(x - h)) / 2h,    error = |a - n| / max(|a|, |n|, 1e-6 max|a|)

for f the sum of the outputs times fixed random factors, or a loss; at some entries of
every parameter and input. An error over 1e-4 fails. A kink (relu at 0) within h spoils
n: where the slopes to both sides differ, h shrinks by tens down to 1e-8, and at the
kink itself a must lie between the two slopes.

Use: on a layer you wrote, before you train it.
Side effects: none on the module: a copy is used. Noise is the same in each call.
Source: Karpathy, CS231n notes, "Gradient checks",
https://cs231n.github.io/neural-networks-3/#gradcheck (1e-7 is good, 1e-4 still is with
kinks, 1e-2 is wrong).
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.diagnose._loop import seeded

LIMIT = 1e-4
_STEPS = (1e-5, 1e-6, 1e-7, 1e-8)
_KINK = 1e-3  # relative difference of the slopes to both sides
_SMALL = 1e-6  # of the tensor's largest gradient, below which entries count as this
_TINY = 1e-9


@dataclass(frozen=True)
class GradientRow:
    """The worst entry of one parameter or input.

    Attributes:
        name: Name of the parameter, or `input 0`, ...
        error: Relative error, as in the text of the module.
        index: Index of the entry.
        analytic: Gradient by autograd.
        numeric: Gradient by differences.
        kinks: Number of entries at a kink.

    Example:
        >>> GradientRow("weight", 1e-3, (0, 0), 1.0, 1.001, 0).right
        False
    """

    name: str
    error: float
    index: tuple[int, ...]
    analytic: float
    numeric: float
    kinks: int

    @property
    def right(self) -> bool:
        """Whether the error is within the limit."""
        return self.error <= LIMIT


def check_gradients(
    module: nn.Module,
    *inputs: Tensor,
    loss: Callable[[Tensor], Tensor] | None = None,
    count: int = 10,
) -> tuple[GradientRow, ...]:
    """Compare gradients of a layer or model; change nothing.

    Args:
        module: Module that returns one tensor.
        *inputs: Arguments of its call; floating ones are checked too.
        loss: Function from the outputs to a number, in place of the random sum.
        count: Number of entries of each tensor, random but always the same.

    Returns:
        A row per parameter and floating input, in order.

    Raises:
        ValueError: If there is nothing to check, or `count` is not positive.

    Example:
        >>> rows = check_gradients(torch.nn.Linear(3, 2), torch.randn(4, 3))
        >>> [(row.name, row.right) for row in rows]
        [('weight', True), ('bias', True), ('input 0', True)]
    """
    checks.positive("count", count)
    module = copy.deepcopy(module).double()
    values = [
        x.detach().double().clone().requires_grad_() if x.is_floating_point() else x
        for x in inputs
    ]
    checked: dict[str, Tensor] = {
        n: p for n, p in module.named_parameters() if p.requires_grad
    }
    checked |= {f"input {i}": x for i, x in enumerate(values) if x.requires_grad}
    if not checked:
        raise ValueError("`module` must have a parameter, or an input of floats.")
    device = next(iter(checked.values())).device

    def f() -> Tensor:
        with seeded(device):
            outputs = module(*values)
            factors = torch.randn(outputs.shape, dtype=torch.float64, device=device)
            return loss(outputs) if loss is not None else (outputs * factors).sum()

    found = torch.autograd.grad(f(), list(checked.values()), allow_unused=True)
    return tuple(
        _row(name, x, torch.zeros_like(x) if g is None else g, f, count)
        for (name, x), g in zip(checked.items(), found, strict=True)
    )


def _row(
    name: str, x: Tensor, gradient: Tensor, f: Callable[[], Tensor], count: int
) -> GradientRow:
    generator = torch.Generator().manual_seed(0)
    chosen = torch.randperm(x.numel(), generator=generator)[:count].tolist()
    floor = max(_SMALL * gradient.abs().max().item(), _TINY)
    worst, kinks = GradientRow(name, 0.0, (), 0.0, 0.0, 0), 0
    for flat in chosen:
        where = tuple(int(i) for i in torch.unravel_index(torch.tensor(flat), x.shape))
        analytic = gradient[where].item()
        numeric, kink = _slope(x, where, f, analytic, floor)
        kinks += kink
        error = abs(analytic - numeric) / max(abs(analytic), abs(numeric), floor)
        if error >= worst.error:
            worst = GradientRow(name, error, where, analytic, numeric, 0)
    return GradientRow(
        name, worst.error, worst.index, worst.analytic, worst.numeric, kinks
    )


def _slope(
    x: Tensor,
    where: tuple[int, ...],
    f: Callable[[], Tensor],
    analytic: float,
    floor: float,
) -> tuple[float, bool]:
    """Return the slope at an entry, and whether it lies at a kink.

    At a kink any slope between the two sides is right: the nearest to `analytic` is
    returned.
    """
    value = x.detach()[where].item()

    @torch.no_grad()
    def at(moved: float) -> float:
        x[where] = moved
        result = f().item()
        x[where] = value
        return result

    middle, left, right = at(value), 0.0, 0.0
    for h in _STEPS:
        left = (middle - at(value - h)) / h
        right = (at(value + h) - middle) / h
        if abs(left - right) <= max(_KINK * max(abs(left), abs(right)), floor):
            return (left + right) / 2, False
    low, high = min(left, right), max(left, right)
    return min(max(analytic, low), high), True
