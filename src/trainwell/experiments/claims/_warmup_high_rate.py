"""A high first rate can make the loss explode; a linear warm-up prevents it.

At the start the loss is steep and the weights are random, so a rate that is fine later
may be too high now. The deck: raise it linearly from zero in the first steps. A network
without batch norm, over rates that double, with the first fifth of the steps as a
warm-up and without: what is the highest rate at which it trains?
"""

from collections.abc import Sequence
from math import log2

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
from trainwell.optim import Momentum
from trainwell.schedules import constant, warmup

SCHEDULES = {"at once": constant(), "warm-up": warmup(constant(), 0.2)}
RATES = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32)


def measure(seed: int, *, quick: bool) -> Measured:
    if quick:
        images = small_set("digits", seed, num_train=500, num_test=10)
    else:
        images = small_set("cifar10", seed, num_train=4000, num_test=10, size=16)
    steps = 50 if quick else 600
    found: dict[str, list[float]] = {}
    for name, schedule in SCHEDULES.items():
        found[name] = []
        for rate in RATES:
            model = small_cnn(images)
            losses = fit_small(
                model,
                Momentum(model.parameters(), lr=rate),
                images,
                steps=steps,
                batch_size=32,
                seed=seed,
                schedule=schedule,
            )
            found[name].append(final_loss(losses, images.num_classes))
    return found


def highest(ends: Sequence[float]) -> float:
    """Return the highest rate that trains, or half the lowest of all if none does."""
    trains = [rate for rate, end in zip(RATES, ends, strict=True) if end < TRAINS]
    return max(trains, default=RATES[0] / 2)


def judge(runs: Sequence[Measured]) -> Verdict:
    once, warm = ([highest(run[name]) for run in runs] for name in SCHEDULES)
    doublings = [log2(a / b) for a, b in zip(warm, once, strict=True)]
    return Verdict(
        above(doublings),
        f"Highest rate that trains: {spread(once)} at once, {spread(warm)} with a "
        f"warm-up, which gains {spread(doublings, '.1f')} doublings.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = draw_final_losses(
        figure, runs, tuple(SCHEDULES), x=RATES, xlabel="learning rate"
    )
    axes.set_xticks(RATES, [str(rate) for rate in RATES])
    axes.minorticks_off()


CLAIM = Claim(
    title="Warm-up at a high rate",
    source="deck 3",
    claim="A high first rate can make the loss explode; a linear warm-up prevents it.",
    criterion="The highest rate that brings the loss below 80 % of that of guessing is "
    "higher with a warm-up.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=5,
)
