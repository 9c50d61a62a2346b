"""Batch norm allows larger learning rates.

Without a norm a large step multiplies the answers of every later layer, and the loss
explodes. Behind batch norm the scale of the weights does not matter: large weights even
make the next step smaller. The same network with and without it, over rates that grow
by a factor of about 3: what is the largest at which it still trains?
"""

from collections.abc import Sequence
from math import log10

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
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


def measure(seed: int, *, quick: bool) -> Measured:
    if quick:
        images = small_set("digits", seed, num_train=500, num_test=10)
    else:
        images = small_set("cifar10", seed, num_train=4000, num_test=10, size=16)
    steps = 30 if quick else 500
    found: dict[str, list[float]] = {}
    for name, norm in NORMS.items():
        found[name] = []
        for rate in RATES:
            model = small_cnn(images, norm=norm)
            optimizer = Momentum(model.parameters(), lr=rate)
            losses = fit_small(
                model, optimizer, images, steps=steps, batch_size=32, seed=seed
            )
            found[name].append(final_loss(losses, images.num_classes))
    return found


def largest(ends: Sequence[float]) -> float:
    """Return the largest rate that trains, or the smallest of all if none does."""
    trains = [rate for rate, end in zip(RATES, ends, strict=True) if end < TRAINS]
    return max(trains, default=RATES[0])


def judge(runs: Sequence[Measured]) -> Verdict:
    without, norm = ([largest(run[name]) for run in runs] for name in NORMS)
    ratios = [a / b for a, b in zip(norm, without, strict=True)]
    return Verdict(
        above([log10(ratio) for ratio in ratios], log10(3)),
        f"Largest rate that trains: {spread(without)} without, {spread(norm)} with "
        f"batch norm: {spread(ratios, '.1f')} times as large.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    draw_final_losses(figure, runs, tuple(NORMS), x=RATES, xlabel="learning rate")


CLAIM = Claim(
    title="Batch norm and the rate",
    source="decks 0, 1, 2",
    claim="Batch norm allows larger learning rates.",
    criterion="The largest rate that brings the loss below 80 % of that of guessing is "
    "more than 3 times as large with it.",
    measure=measure,
    judge=judge,
    draw=draw,
)
