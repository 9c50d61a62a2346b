"""Gradient descent gets stuck at a saddle point; momentum and Adam leave it sooner.

f(x, y) = (x^2 - y^2) / 2 + y^4 / 4 has a saddle at (0, 0) and minima at y = 1 and
y = -1. Coming down the ridge from a millionth beside it, the gradient is almost zero at
the saddle: plain descent multiplies the millionth by 1.05 a step. Momentum adds up
steps of one direction; Adam and RMSprop divide by the size of the gradient, and so do
not mind that it is small. Exactly on the ridge there is no gradient to follow at all.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from matplotlib.figure import Figure
from torch import Tensor, nn

from trainwell.experiments import Claim, Measured, Verdict, certain
from trainwell.optim import SGD, Adam, Momentum, Nesterov, RMSprop

START, BESIDE = 2.0, 1e-6
RATE = 0.05
MOST, GOAL = 1000, -0.2  # the minima are at -0.25

METHODS: dict[str, Callable[[list[nn.Parameter]], torch.optim.Optimizer]] = {
    "gradient descent": lambda p: SGD(p, lr=RATE),
    "momentum": lambda p: Momentum(p, lr=RATE),
    "nesterov": lambda p: Nesterov(p, lr=RATE),
    "rmsprop": lambda p: RMSprop(p, lr=RATE),
    "adam": lambda p: Adam(p, lr=RATE),
}


def height(point: Tensor) -> Tensor:
    x, y = point.unbind()
    return (x**2 - y**2) / 2 + y**4 / 4


def path(name: str, beside: float) -> list[list[float]]:
    """Return the points that a method visits until it is nearly at a minimum."""
    point = nn.Parameter(torch.tensor([START, beside], dtype=torch.float64))
    optimizer = METHODS[name]([point])
    visited = [point.tolist()]
    while len(visited) <= MOST and height(point).item() > GOAL:
        optimizer.zero_grad()
        height(point).backward()
        optimizer.step()
        visited.append(point.tolist())
    return visited


def measure(seed: int, *, quick: bool) -> Measured:
    found: dict[str, Any] = {}
    for name in METHODS:
        visited = path(name, BESIDE)
        found[name], found[f"{name} path"] = len(visited) - 1, visited
        found[f"{name} on the ridge"] = len(path(name, 0.0)) - 1
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    steps = runs[0]
    slowest = steps["gradient descent"]
    stuck = sum(steps[f"{name} on the ridge"] == MOST for name in METHODS)
    return Verdict(
        certain(all(slowest > 3 * steps[name] for name in ("momentum", "adam"))),
        "Steps to a minimum: "
        + ", ".join(f"{name} {steps[name]}" for name in METHODS)
        + f"; exactly on the ridge {stuck} of {len(METHODS)} never leave.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = figure.subplots()
    for i, name in enumerate(METHODS):
        points = np.array(runs[0][f"{name} path"])
        heights = (points[:, 0] ** 2 - points[:, 1] ** 2) / 2 + points[:, 1] ** 4 / 4
        label = f"{name}, {runs[0][name]} steps"
        axes.plot(range(1, len(points) + 1), heights, color=f"C{i}", label=label)
    axes.axhline(0, linestyle=":", color="C5")
    axes.set(xlabel="points visited", ylabel="height", xscale="log", ylim=(-0.3, 2.1))
    axes.legend(frameon=False)


CLAIM = Claim(
    title="A saddle point",
    source="deck 4",
    claim="At a saddle point the gradient is zero, and gradient descent gets stuck.",
    criterion="From a millionth beside the ridge it needs more than 3 times as many "
    "steps to a minimum as momentum and Adam.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=1,
)
