"""Mini-batch gradients are noisy; momentum averages the noise of the path.

The gradient of a mini-batch is the true one plus noise. With friction rho a step of
momentum is a mean of about 1 / (1 - rho) gradients, so at the same speed (the rate
times 1 / (1 - rho)) its path is much straighter. What momentum does not do is come
closer in the end: both stay at the same distance around the minimum, and only a falling
rate brings them in.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from matplotlib.figure import Figure
from torch import nn

from trainwell.experiments import Claim, Measured, Verdict, above, spread
from trainwell.optim import SGD, Momentum
from trainwell.schedules import cosine

STEEPNESS = (1.0, 10.0)
START = (-9.0, 3.0)
NOISE = 8.0
RATE, FRICTION = 0.05, 0.9
STEPS = 600
METHODS = ("SGD", "momentum", "SGD, falling rate")


def path(name: str) -> list[list[float]]:
    """Return the points visited on (x^2 + 10 y^2) / 2 with noise on the gradient."""
    point = nn.Parameter(torch.tensor(START, dtype=torch.float64))
    steep = torch.tensor(STEEPNESS, dtype=torch.float64)
    optimizer: torch.optim.Optimizer = SGD([point], lr=RATE)
    if name == "momentum":
        optimizer = Momentum([point], lr=RATE * (1 - FRICTION), momentum=FRICTION)
    falling = cosine()
    visited = [point.tolist()]
    for step in range(STEPS):
        if name == "SGD, falling rate":
            optimizer.param_groups[0]["lr"] = RATE * falling(step / STEPS)
        point.grad = steep * point.detach() + NOISE * torch.randn(2).double()
        optimizer.step()
        visited.append(point.tolist())
    return visited


def measure(seed: int, *, quick: bool) -> Measured:
    found: dict[str, Any] = {}
    for name in METHODS:
        visited = path(name)
        points = np.array(visited)
        found[f"{name} length"] = float(
            np.linalg.norm(np.diff(points, axis=0), axis=1).sum()
        )
        heights = (points**2) @ np.array(STEEPNESS) / 2
        found[f"{name} end"] = float(heights[-STEPS // 10 :].mean())
        if seed == 0:  # for the picture
            found[f"{name} path"] = visited[: STEPS // 2]
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    lengths, ends = (
        {name: [run[f"{name} {what}"] for run in runs] for name in METHODS}
        for what in ("length", "end")
    )
    pairs = zip(lengths["SGD"], lengths["momentum"], strict=True)
    return Verdict(
        above([long / short for long, short in pairs], 2.0),
        f"Length of the path: SGD {spread(lengths['SGD'])}, momentum "
        f"{spread(lengths['momentum'])}. Height at the end: SGD {spread(ends['SGD'])}, "
        f"momentum {spread(ends['momentum'])}, SGD with a falling rate "
        f"{spread(ends['SGD, falling rate'], '.2g')}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = figure.subplots()
    for i, name in enumerate(METHODS[:2]):
        points = np.array(runs[0][f"{name} path"])
        axes.plot(*points.T, color=f"C{i}", linewidth=0.9, label=name)
    axes.plot(0, 0, "*", color="C3", markersize=10, label="minimum")
    axes.set(xlabel="flat direction", ylabel="steep direction")
    axes.legend(frameon=False)


CLAIM = Claim(
    title="Noisy gradients",
    source="deck 4",
    claim="Gradients come from mini-batches and are noisy; momentum smooths them.",
    criterion="At the same speed momentum's path is less than half as long.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=5,
)
