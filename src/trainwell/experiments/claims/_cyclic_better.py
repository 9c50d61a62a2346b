"""Cyclic learning rates make a single model better.

A rate that falls to zero and rises again throws the network out of one minimum into
another, perhaps a wider one; each low point is a finished model, which is why snapshot
ensembles use them. The deck adds that they can make a single model better. One cosine
against cosines that restart (SGDR) and triangles, over the same number of steps, each
at the best of three rates by one half of the test images, judged by the other.
"""

from collections.abc import Sequence
from functools import partial

from matplotlib.figure import Figure

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
from trainwell.schedules import Schedule, cosine, cyclic, restarts, step

SCHEDULES: dict[str, Schedule] = {
    "step": step(),
    "one cosine": cosine(),
    "restarted cosine": restarts(cosine(), cycles=3, growth=2.0),
    "triangles": cyclic(cycles=4, low=0.01),
}
RATES = (0.01, 0.03, 0.1)


def measure(seed: int, *, quick: bool) -> Measured:
    if quick:
        images = small_set("digits", seed, num_train=500, num_test=600)
    else:
        images = small_set("cifar10", seed, num_train=4000, num_test=4000, size=16)
    build = partial(small_cnn, images, norm=BatchNorm2d)
    steps = 20 if quick else 500
    return {
        name: accuracy_at_best_rate(
            build,
            images,
            RATES,
            steps=steps,
            seed=seed,
            schedule=schedule,
            batch_size=32,
        )
        for name, schedule in SCHEDULES.items()
    }


def judge(runs: Sequence[Measured]) -> Verdict:
    others = ("step", "one cosine")
    gains = {name: differences(runs, "restarted cosine", name) for name in others}
    parts = [f"{name} {spread(column(runs, name), '.1%')}" for name in SCHEDULES]
    return Verdict(
        every(*map(above, gains.values())),
        f"Test accuracy: {', '.join(parts)}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    draw_points(figure, runs, tuple(SCHEDULES), xlabel="test accuracy")


CLAIM = Claim(
    title="Cyclic rates for a single model",
    source="deck 4",
    claim="Cyclic learning rate schedules can make a single model even better.",
    criterion="The model at the end of restarted cosines has a higher test accuracy "
    "than after one cosine and after two steps down.",
    measure=measure,
    judge=judge,
    draw=draw,
)
