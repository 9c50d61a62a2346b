"""Erratum: when the batch grows N times, the rate is multiplied by N, not divided.

A batch N times as large makes N times fewer steps over the same images, and its
gradient is less noisy, so each step may and must be longer. The deck says to divide the
rate by N; the paper that it cites (Goyal 2017) multiplies. A rate that suits batches of
16 is found first; then batches of 128 run over the same images at that rate multiplied
by 8, left alone, and divided by 8, all with a warm-up.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from trainwell.experiments import (
    Claim,
    Measured,
    Small,
    Verdict,
    above,
    accuracy_of,
    column,
    differences,
    draw_points,
    fit_small,
    small_cnn,
    small_set,
    spread,
)
from trainwell.layers.norm import BatchNorm2d
from trainwell.optim import Momentum
from trainwell.schedules import cosine, scale_rate, warmup

SMALL, LARGE = 16, 128
RATES = (0.003, 0.01, 0.03)
NAMES = {
    "small": f"batches of {SMALL}",
    "multiplied": f"{LARGE}, rate multiplied",
    "same": f"{LARGE}, rate left alone",
    "divided": f"{LARGE}, rate divided",
}


def trained(
    images: Small, size: int, rate: float, seed: int, *, epochs: int
) -> tuple[float, float]:
    """Return the last training loss, and the test accuracy."""
    model = small_cnn(images, norm=BatchNorm2d)
    steps = epochs * len(images.y) // size
    losses = fit_small(
        model,
        Momentum(model.parameters(), lr=rate),
        images,
        steps=steps,
        batch_size=size,
        seed=seed,
        schedule=warmup(cosine(), 0.1),
    )
    end = float(np.mean(losses[-max(1, steps // 10) :]))
    return end, accuracy_of(model, images.x_test, images.y_test)


def measure(seed: int, *, quick: bool) -> Measured:
    if quick:
        images = small_set("digits", seed, num_train=640, num_test=500)
    else:
        images = small_set("cifar10", seed, num_train=3072, num_test=4000, size=16)
    epochs = 3 if quick else 6
    small = {rate: trained(images, SMALL, rate, seed, epochs=epochs) for rate in RATES}
    rate = min(small, key=lambda rate: small[rate][0])
    growth = LARGE // SMALL
    rates = {
        "multiplied": scale_rate(rate, batch_size=LARGE, base_batch_size=SMALL),
        "same": rate,
        "divided": rate / growth,
    }
    found = {"small": small[rate][1], "rate": rate}
    for name, scaled in rates.items():
        found[name] = trained(images, LARGE, scaled, seed, epochs=epochs)[1]
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    parts = [f"{label} {spread(column(runs, n), '.1%')}" for n, label in NAMES.items()]
    return Verdict(
        above(differences(runs, "divided", "multiplied")),
        f"Test accuracy: {'; '.join(parts)}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    draw_points(figure, runs, NAMES, xlabel="test accuracy")


CLAIM = Claim(
    title="The rate for a larger batch",
    source="deck 3, erratum",
    claim="When the batch grows N times, the rate should be divided by N.",
    criterion="At 8 times the batch the test accuracy is higher with the rate divided "
    "by 8 than with it multiplied by 8.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=5,
)
