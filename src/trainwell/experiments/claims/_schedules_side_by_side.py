"""Start with a high rate and end with a low one: a cosine is a good choice.

A high rate gets far in the beginning, a low one settles in the end; the schedules of
the decks differ in how they go from one to the other. Seven of them on the same network
and images, each at the best of three rates by one half of the test images and judged by
the other. The question is whether decay pays, and whether the cosine is among the best.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
from matplotlib.figure import Figure

from trainwell.experiments import (
    Claim,
    Measured,
    Verdict,
    above,
    accuracy_at_best_rate,
    column,
    differences,
    every,
    small_cnn,
    small_set,
    spread,
)
from trainwell.layers.norm import BatchNorm2d
from trainwell.optim import Momentum
from trainwell.schedules import (
    Schedule,
    constant,
    cosine,
    exponential,
    halving,
    inverse_sqrt,
    linear,
    step,
)

SCHEDULES: dict[str, Schedule] = {
    "constant": constant(),
    "step": step(),
    "halving": halving(),
    "exponential": exponential(),
    "inverse sqrt": inverse_sqrt(),
    "linear": linear(),
    "cosine": cosine(),
}
RATES = (0.01, 0.03, 0.1)
SLACK = 0.01


def measure(seed: int, *, quick: bool) -> Measured:
    if quick:
        images = small_set("digits", seed, num_train=500, num_test=600)
    else:
        images = small_set("cifar10", seed, num_train=3000, num_test=4000, size=16)
    build = partial(small_cnn, images, norm=BatchNorm2d)
    steps = 12 if quick else 400
    return {
        name: accuracy_at_best_rate(
            build,
            images,
            RATES,
            steps=steps,
            seed=seed,
            optimizer=lambda p, lr: Momentum(p, lr=lr),
            schedule=schedule,
            batch_size=32,
        )
        for name, schedule in SCHEDULES.items()
    }


def judge(runs: Sequence[Measured]) -> Verdict:
    gains = differences(runs, "cosine", "constant")
    means = {name: float(np.mean(column(runs, name))) for name in SCHEDULES}
    best = max(
        (name for name in means if name != "cosine"), key=lambda name: means[name]
    )
    parts = [f"{name} {spread(column(runs, name), '.1%')}" for name in SCHEDULES]
    return Verdict(
        every(above(gains), above(differences(runs, "cosine", best), -SLACK)),
        f"Test accuracy: {', '.join(parts)}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    shapes, accuracies = figure.subplots(1, 2)
    places = np.linspace(0, 1, 200)
    for i, (name, schedule) in enumerate(SCHEDULES.items()):
        line = "-" if i < 6 else "--"
        color = f"C{i % 6}"
        factors = [schedule(float(place)) for place in places]
        shapes.plot(places, factors, line, color=color, linewidth=1.2)
        values = column(runs, name)
        accuracies.plot(values, [i] * len(values), "o", color=color, alpha=0.5)
        mean = np.mean(values)
        accuracies.plot([mean, mean], [i - 0.3, i + 0.3], line, color=color)
    shapes.set(xlabel="part of the training", ylabel="rate over its highest")
    accuracies.set(xlabel="test accuracy")
    accuracies.set_yticks(range(len(SCHEDULES)), SCHEDULES)
    accuracies.invert_yaxis()


CLAIM = Claim(
    title="Schedules side by side",
    source="decks 3, 4",
    claim="Start with a high rate and end with a low one; a cosine is a good choice.",
    criterion="A cosine has a higher test accuracy than a constant rate, and at most a "
    "point less than the best of the others.",
    measure=measure,
    judge=judge,
    draw=draw,
)
