"""Momentum crosses a narrow valley in fewer steps than plain gradient descent.

f(x, y) = (x^2 + 100 y^2) / 2 is steep across and flat along. Gradient descent must
take steps small enough for the steep direction, and then crawls along the flat one:
its steps grow with the condition number, those of momentum with its square root.
Methods that scale each coordinate do not mind, as long as the valley lies along the
axes; turned by 45 degrees, it is narrow for them too.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from matplotlib.figure import Figure
from torch import Tensor, nn

from trainwell.experiments import Claim, Measured, Verdict, certain
from trainwell.optim import SGD, Adam, Momentum, Nesterov, RMSprop

CONDITION = 100.0
START = (-9.0, 1.5)
MOST, GOAL = 2000, 1e-3
RATE = 2 / (CONDITION + 1)  # the best of gradient descent
FRICTION = ((CONDITION**0.5 - 1) / (CONDITION**0.5 + 1)) ** 2  # the best momentum

METHODS: dict[str, Callable[[list[nn.Parameter]], torch.optim.Optimizer]] = {
    "gradient descent": lambda p: SGD(p, lr=RATE),
    "momentum": lambda p: Momentum(p, lr=RATE, momentum=FRICTION),
    "nesterov": lambda p: Nesterov(p, lr=1 / CONDITION, momentum=FRICTION),
    "rmsprop": lambda p: RMSprop(p, lr=0.02),
    "adam": lambda p: Adam(p, lr=0.3),
}


def height(point: Tensor, *, turned: bool) -> Tensor:
    x, y = point.unbind()
    if turned:
        x, y = (x + y) / 2**0.5, (y - x) / 2**0.5
    return (x**2 + CONDITION * y**2) / 2


def path(name: str, *, turned: bool) -> list[list[float]]:
    """Return the points that a method visits until it is nearly there."""
    point = nn.Parameter(torch.tensor(START, dtype=torch.float64))
    optimizer = METHODS[name]([point])
    visited = [point.tolist()]
    for _ in range(MOST):
        optimizer.zero_grad()
        loss = height(point, turned=turned)
        if loss.item() < GOAL:
            break
        loss.backward()
        optimizer.step()
        visited.append(point.tolist())
    return visited


def measure(seed: int, *, quick: bool) -> Measured:
    found: dict[str, Any] = {}
    for name in METHODS:
        for turned in (False, True):
            visited = path(name, turned=turned)
            found[f"{name}{' turned' if turned else ''}"] = len(visited) - 1
            if not turned:
                found[f"{name} path"] = visited[:200]
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    steps = runs[0]
    steps_of_all = ", ".join(
        f"{name} {steps[name]} ({steps[name + ' turned']})" for name in METHODS
    )
    return Verdict(
        certain(3 * steps["momentum"] < steps["gradient descent"]),
        f"Steps along the axes (and turned by 45 degrees): {steps_of_all}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = figure.subplots()
    x, y = np.meshgrid(np.linspace(-10, 3, 200), np.linspace(-2.2, 2.2, 200))
    heights = (x**2 + CONDITION * y**2) / 2
    axes.contour(x, y, heights, np.geomspace(0.5, 300, 9), colors="C5", linewidths=0.4)
    for i, name in enumerate(METHODS):
        points = np.array(runs[0][f"{name} path"])
        axes.plot(*points.T, marker=".", markersize=3, linewidth=1, color=f"C{i}")
        axes.plot([], [], color=f"C{i}", label=f"{name}, {runs[0][name]} steps")
    axes.set(xlabel="flat direction", ylabel="steep direction", ylim=(-2.2, 2.2))
    axes.grid(visible=False)
    axes.legend(frameon=False, fontsize=7, loc="upper right")


CLAIM = Claim(
    title="A narrow valley",
    source="deck 4",
    claim="In an ill-conditioned valley gradient descent zigzags; momentum helps.",
    criterion="Momentum needs less than a third of the steps, each at its best rate.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=1,
)
