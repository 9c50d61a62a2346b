"""Erratum: Adam counts its steps from one.

The slide's loop starts at t = 0, where the correction 1 - beta^t is zero: the first
step divides zero by zero, and every weight becomes NaN. Counted from one, the first
step has the length of the learning rate, whatever the gradient.
"""

from collections.abc import Sequence

import numpy as np
import torch
from matplotlib.figure import Figure
from torch import nn

from trainwell.experiments import Claim, Measured, Verdict, certain
from trainwell.optim import Adam

BETA1, BETA2, RATE, EPS = 0.9, 0.999, 0.1, 1e-8
STEPS = 10
GRADIENTS = (1e-3, 1.0, 1e3)


def slide(gradient: float, first: int) -> list[float]:
    """Return where the slide's loop goes from 0, counted from `first`."""
    place, mean, square = np.float64(0), np.float64(0), np.float64(0)
    places = [0.0]
    with np.errstate(all="ignore"):
        for t in range(first, first + STEPS):
            mean = BETA1 * mean + (1 - BETA1) * gradient
            square = BETA2 * square + (1 - BETA2) * gradient**2
            unbiased = mean / (1 - BETA1**t) if t else np.divide(mean, 0.0)
            spread = square / (1 - BETA2**t) if t else np.divide(square, 0.0)
            place = place - RATE * unbiased / (np.sqrt(spread) + EPS)
            places.append(float(place))
    return places


def ours(gradient: float) -> float:
    """Return where one step of Adam goes from 0."""
    weight = nn.Parameter(torch.zeros(1, dtype=torch.float64))
    weight.grad = torch.full_like(weight, gradient)
    Adam([weight], lr=RATE, betas=(BETA1, BETA2), eps=EPS).step()
    return weight.item()


def measure(seed: int, *, quick: bool) -> Measured:
    return {
        "from zero": [slide(g, first=0)[1] for g in GRADIENTS],
        "from one": [slide(g, first=1)[1] for g in GRADIENTS],
        "ours": [ours(g) for g in GRADIENTS],
    }


def judge(runs: Sequence[Measured]) -> Verdict:
    zero, first = runs[0]["from zero"], runs[0]["ours"]
    return Verdict(
        certain(bool(np.isfinite(zero).all())),
        f"First step for gradients of {', '.join(f'{g:g}' for g in GRADIENTS)}: "
        f"{', '.join(f'{z:g}' for z in zero)} counted from zero; "
        f"{', '.join(f'{x:.4f}' for x in first)} from one.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = figure.subplots()
    places = range(len(GRADIENTS))
    axes.bar(places, runs[0]["ours"], width=0.5, label="counted from one")
    for place in places:
        axes.text(place, -0.02, "from zero: NaN", ha="center", fontsize=8)
    axes.set_xticks(places, [f"gradient {g:g}" for g in GRADIENTS])
    axes.set(ylabel="first step")
    axes.legend(frameon=False)


CLAIM = Claim(
    title="Adam counts from one",
    source="deck 4, erratum",
    claim="Adam's loop with bias correction starts at t = 0.",
    criterion="Its first step is a finite number for gradients from 0.001 to 1000.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=1,
)
