"""Batch norm forgives a bad start.

A start that is ten times too large or too small multiplies the answers by that factor
in every layer. Batch norm takes the factor out again behind each of them. He's start is
multiplied by factors from 1/100 to 100 here; the same network with and without batch
norm, each at the best of three rates: over how many powers of ten does it train?
"""

from collections.abc import Sequence
from math import log10

import torch
from matplotlib.figure import Figure

from trainwell.experiments import (
    TRAINS,
    Claim,
    Measured,
    Verdict,
    above,
    draw_final_losses,
    final_loss,
    fit_small,
    small_cnn,
    small_set,
    spread,
)
from trainwell.layers.norm import BatchNorm2d
from trainwell.optim import Momentum

NORMS = {"without": None, "batch norm": BatchNorm2d}
FACTORS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
RATES = (0.001, 0.01, 0.1)


def measure(seed: int, *, quick: bool) -> Measured:
    if quick:
        images = small_set("digits", seed, num_train=500, num_test=10)
    else:
        images = small_set("cifar10", seed, num_train=4000, num_test=10, size=16)
    steps = 15 if quick else 200
    found: dict[str, list[float]] = {}
    for name, norm in NORMS.items():
        found[name] = []
        for factor in FACTORS:
            ends = []
            for rate in RATES[1:] if quick else RATES:
                model = small_cnn(images, norm=norm)
                with torch.no_grad():
                    for weight in (p for p in model.parameters() if p.ndim > 1):
                        weight.mul_(factor)
                optimizer = Momentum(model.parameters(), lr=rate)
                losses = fit_small(
                    model, optimizer, images, steps=steps, batch_size=32, seed=seed
                )
                ends.append(final_loss(losses, images.num_classes))
            found[name].append(min(ends))
    return found


def width(ends: Sequence[float]) -> float:
    """Return how many powers of ten lie between the ends of what trains."""
    trains = [f for f, end in zip(FACTORS, ends, strict=True) if end < TRAINS]
    return log10(max(trains) / min(trains)) if trains else 0.0


def judge(runs: Sequence[Measured]) -> Verdict:
    without, norm = ([width(run[name]) for run in runs] for name in NORMS)
    more = [a - b for a, b in zip(norm, without, strict=True)]
    return Verdict(
        above(more, 1.0),
        f"It trains over {spread(without, '.1f')} powers of ten of the start's scale "
        f"without, over {spread(norm, '.1f')} with batch norm (of 4 tried).",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    draw_final_losses(
        figure, runs, tuple(NORMS), x=FACTORS, xlabel="scale of the start, times He's"
    )


CLAIM = Claim(
    title="Batch norm and the start",
    source="decks 0, 2",
    claim="Batch norm makes a network robust to a bad initialisation.",
    criterion="The range of scales from which the loss falls below 80 % of that of "
    "guessing is wider by more than a factor of 10 with it, each at its best rate.",
    measure=measure,
    judge=judge,
    draw=draw,
)
