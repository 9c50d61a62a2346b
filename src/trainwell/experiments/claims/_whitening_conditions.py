"""Centring, scaling and whitening make the loss easier to descend.

For a linear model the curvature of the squared error is the covariance of the inputs:
its condition number, the largest eigenvalue over the smallest, bounds how fast gradient
descent can be. Raw pixels are all positive, so that one direction, the mean, is far
steeper than all others. Centring removes it, scaling evens the coordinates, and
decorrelated, whitened inputs are round. Digits, a linear model for ten classes, and
for each input the best constant rate of 2 / (largest + smallest eigenvalue).
"""

from collections.abc import Sequence

import torch
from matplotlib.figure import Figure
from torch import Tensor

from trainwell.experiments import (
    Claim,
    Measured,
    Verdict,
    certain,
    draw_curves,
    small_set,
)

KINDS = ("raw", "centred", "standardised", "whitened")
STEPS = 300
DIRECTIONS = 40  # of largest variance: the border of digits never changes
KEPT = 1e-6


def prepared(kind: str, pixels: Tensor) -> Tensor:
    if kind == "raw":
        return pixels
    centred = pixels - pixels.mean(0)
    if kind == "centred":
        return centred
    std = centred.std(0, correction=0)
    scaled = centred / std.clamp(min=KEPT)
    if kind == "standardised":
        return scaled
    values, vectors = torch.linalg.eigh(scaled.T @ scaled / len(scaled))
    whitened: Tensor = scaled @ vectors / values.clamp(min=KEPT).sqrt()
    return whitened


def measure(seed: int, *, quick: bool) -> Measured:
    digits = small_set("digits", seed, num_train=1000, num_test=10).flat()
    pixels = (digits.x - digits.x.min()).double()
    spread = pixels.std(0).argsort(descending=True)[:DIRECTIONS]
    pixels = pixels[:, spread]
    targets = torch.nn.functional.one_hot(digits.y, 10).double()
    targets -= targets.mean(0)
    found: dict[str, object] = {}
    for kind in KINDS:
        x = prepared(kind, pixels)
        curvature = torch.linalg.eigvalsh(x.T @ x / len(x))
        found[f"{kind} condition"] = (curvature[-1] / curvature[0]).item()
        rate = 2 / (curvature[-1] + curvature[0])
        best = torch.linalg.lstsq(x, targets).solution
        floor = (x @ best - targets).square().mean()
        weight = torch.zeros(DIRECTIONS, 10, dtype=torch.float64)
        above = []
        for _ in range(STEPS):
            error = x @ weight - targets
            above.append((error.square().mean() - floor).item())
            weight -= rate * x.T @ error / len(x)
        found[kind] = [max(value / above[0], 1e-12) for value in above]
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    condition = [runs[0][f"{kind} condition"] for kind in KINDS]
    ordered = all(a > b for a, b in zip(condition[:-1], condition[1:], strict=True))
    numbers = ", ".join(f"{k} {c:,.3g}" for k, c in zip(KINDS, condition, strict=True))
    return Verdict(
        certain(ordered and condition[-1] < 1.01), f"Condition number: {numbers}."
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    draw_curves(
        figure,
        runs[:1],
        KINDS,
        x=range(STEPS),
        xlabel="steps of gradient descent",
        ylabel="loss above the best",
        log=True,
    )


CLAIM = Claim(
    title="Whitening conditions the loss",
    source="decks 2, 3",
    claim="Centred, scaled and whitened inputs make the loss easier to descend.",
    criterion="The condition number falls with each of the three, to 1.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=1,
)
