"""With shortcuts 56 layers have no higher training error than 20.

A block of a residual network adds to its input instead of replacing it, so a block that
has nothing to add has only to answer zero, and gradients reach every layer through the
sum. The experiment of `plain_depth` again, now with shortcuts that have no parameters:
the same networks otherwise, the same images, steps and rates.
"""

from collections.abc import Sequence

from matplotlib.figure import Figure

from trainwell.experiments import (
    Claim,
    Measured,
    Verdict,
    above,
    column,
    differences,
    draw_curves,
    spread,
    training_errors,
)
from trainwell.models import cifar_resnet20, cifar_resnet56

NETWORKS = {"ResNet-20": cifar_resnet20, "ResNet-56": cifar_resnet56}
RATES = (0.03, 0.1)
SLACK = 0.02


def measure(seed: int, *, quick: bool) -> Measured:
    return training_errors(NETWORKS, RATES, seed, quick=quick)


def judge(runs: Sequence[Measured]) -> Verdict:
    more = differences(runs, "ResNet-56", "ResNet-20")
    errors = [f"{name} {spread(column(runs, name), '.1%')}" for name in NETWORKS]
    return Verdict(
        above([SLACK - part for part in more]),
        f"Training error: {', '.join(errors)}; the deeper has {spread(more, '.1%')} "
        "more.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    draw_curves(
        figure,
        runs,
        {f"{name} loss": name for name in NETWORKS},
        xlabel="part of the training",
        ylabel="training loss",
    )


CLAIM = Claim(
    title="Depth with shortcuts",
    source="deck 0",
    claim="With shortcuts a network of 56 layers trains as well as one of 20.",
    criterion="Its training error is less than 2 points higher after the same steps, "
    "each at its best rate.",
    measure=measure,
    judge=judge,
    draw=draw,
)
