"""Erratum: the penalty is the sum of squares, not its square root.

The gradient of the sum of squares is 2 w: large weights are pulled hard, small ones
hardly. The gradient of the norm |w|_2 is w / |w|_2, which has length one wherever w
is. Written as a norm, the penalty would pull a network of large weights no harder than
one of small weights, and would be no weight decay.
"""

from collections.abc import Sequence

import torch
from matplotlib.figure import Figure

from trainwell.experiments import Claim, Measured, Verdict, certain
from trainwell.losses import penalties

SCALES = (0.1, 0.3, 1.0, 3.0, 10.0)


def pull(weights: torch.Tensor, *, squared: bool) -> float:
    """Return the length of the gradient of the penalty."""
    weights = weights.clone().requires_grad_()
    penalty = penalties.l2([weights]) if squared else torch.linalg.norm(weights)
    penalty.backward()
    assert weights.grad is not None
    return float(weights.grad.norm())


def measure(seed: int, *, quick: bool) -> Measured:
    weights = torch.randn(100, dtype=torch.float64)
    weights /= weights.norm()
    return {
        "norm": [pull(scale * weights, squared=False) for scale in SCALES],
        "sum of squares": [pull(scale * weights, squared=True) for scale in SCALES],
    }


def judge(runs: Sequence[Measured]) -> Verdict:
    norm, squares = runs[0]["norm"], runs[0]["sum of squares"]
    grows = norm[-1] / norm[0]
    return Verdict(
        certain(abs(grows - SCALES[-1] / SCALES[0]) < 1),
        f"Weights 100 times as large are pulled {grows:.0f} times as hard by the norm, "
        f"{squares[-1] / squares[0]:.0f} times by the sum of squares.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = figure.subplots()
    for name, values in runs[0].items():
        axes.loglog(SCALES, values, "o-", label=name)
    axes.set(xlabel="length of the weights", ylabel="length of the gradient")
    axes.legend(frameon=False)


CLAIM = Claim(
    title="The norm and its square",
    source="deck 0, erratum",
    claim="A penalty |w|_2 pulls at weights in proportion to their size.",
    criterion="Weights that are 100 times as large are pulled 100 times as hard.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=1,
)
