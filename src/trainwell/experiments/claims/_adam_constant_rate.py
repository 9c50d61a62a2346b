"""Adam is often fine at a constant rate; SGD with momentum needs a falling one.

At a constant rate SGD ends at a distance from the minimum that its noise decides, so
lowering the rate at the end pays. Adam's steps are as long as its rate, whatever the
gradient, so one might expect the same of it; the deck says that it often works well
without. Both at a constant rate and along a cosine, each at the best of four rates by
one half of the test images, judged by the other.
"""

from collections.abc import Callable, Sequence
from functools import partial

import torch
from matplotlib.figure import Figure
from torch import nn

from trainwell.experiments import (
    Claim,
    Measured,
    Verdict,
    above,
    accuracy_at_best_rate,
    column,
    differences,
    draw_points,
    every,
    small_cnn,
    small_set,
    spread,
)
from trainwell.layers.norm import BatchNorm2d
from trainwell.optim import Adam, Momentum
from trainwell.schedules import constant, cosine

Build = Callable[[list[nn.Parameter], float], torch.optim.Optimizer]
OPTIMIZERS: dict[str, tuple[Build, tuple[float, ...]]] = {
    "momentum": (lambda p, lr: Momentum(p, lr=lr), (0.003, 0.01, 0.03, 0.1)),
    "Adam": (lambda p, lr: Adam(p, lr=lr), (0.0005, 0.001, 0.003, 0.01)),
}
SCHEDULES = {"constant": constant(), "cosine": cosine()}
LITTLE = 0.01


def measure(seed: int, *, quick: bool) -> Measured:
    if quick:
        images = small_set("digits", seed, num_train=500, num_test=600)
    else:
        images = small_set("cifar10", seed, num_train=4000, num_test=4000, size=16)
    network = partial(small_cnn, images, norm=BatchNorm2d)
    steps = 20 if quick else 400
    return {
        f"{name}, {shape}": accuracy_at_best_rate(
            network,
            images,
            rates,
            steps=steps,
            seed=seed,
            optimizer=build,
            schedule=schedule,
            batch_size=32,
        )
        for name, (build, rates) in OPTIMIZERS.items()
        for shape, schedule in SCHEDULES.items()
    }


def judge(runs: Sequence[Measured]) -> Verdict:
    gains = {
        name: differences(runs, f"{name}, cosine", f"{name}, constant")
        for name in OPTIMIZERS
    }
    ends = {name: spread(column(runs, f"{name}, constant"), ".1%") for name in gains}
    parts = [
        f"{name} {ends[name]} at a constant rate, a cosine gains {spread(gain, '.1%')}"
        for name, gain in gains.items()
    ]
    return Verdict(
        every(
            above(gains["momentum"], LITTLE),
            above([LITTLE - gain for gain in gains["Adam"]]),
        ),
        f"Test accuracy: {'; '.join(parts)}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    names = [f"{name}, {shape}" for name in OPTIMIZERS for shape in SCHEDULES]
    draw_points(figure, runs, names, xlabel="test accuracy")


CLAIM = Claim(
    title="Adam at a constant rate",
    source="decks 3, 4",
    claim="Adam is often fine at a constant rate, SGD with momentum needs decay.",
    criterion="A cosine gains more than a point of test accuracy with momentum and "
    "less than a point with Adam.",
    measure=measure,
    judge=judge,
    draw=draw,
)
