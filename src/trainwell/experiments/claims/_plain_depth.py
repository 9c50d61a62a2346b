"""A plain network of 56 layers has a higher training error than one of 20.

The deeper network could copy the shallow one and pass the rest through unchanged, so
its training error should be no higher. It is: not overfitting but optimization fails,
though both have batch norm. This is the finding that shortcuts were made for; see
`residual_depth`. He's networks on a part of CIFAR-10 in 16 pixels, each at the better
of two rates.
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
from trainwell.models import plain20, plain56

NETWORKS = {"plain-20": plain20, "plain-56": plain56}
RATES = (0.03, 0.1)


def measure(seed: int, *, quick: bool) -> Measured:
    return training_errors(NETWORKS, RATES, seed, quick=quick)


def judge(runs: Sequence[Measured]) -> Verdict:
    more = differences(runs, "plain-56", "plain-20")
    errors = [f"{name} {spread(column(runs, name), '.1%')}" for name in NETWORKS]
    return Verdict(
        above(more),
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
    title="Depth without shortcuts",
    source="deck 0",
    claim="A plain network of 56 layers has a higher training error than one of 20.",
    criterion="It is higher after the same steps, each at its best rate.",
    measure=measure,
    judge=judge,
    draw=draw,
)
