"""Swish gives a better accuracy on CIFAR-10 than ReLU.

Swish, x times the sigmoid of x, was found by a search over functions that went by
CIFAR-10. It is ReLU with a rounded corner, and small negative inputs still pass. The
same network with batch norm, the same start and the same number of steps; each
activation takes the best of three rates by one half of the test images and is judged
by the other half.
"""

from collections.abc import Sequence
from functools import partial

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
    small_cnn,
    small_set,
    spread,
)
from trainwell.layers.activations import ReLU, Swish
from trainwell.layers.norm import BatchNorm2d

ACTIVATIONS: dict[str, type[nn.Module]] = {"ReLU": ReLU, "Swish": Swish}
RATES = (0.01, 0.03, 0.1)


def measure(seed: int, *, quick: bool) -> Measured:
    if quick:
        images = small_set("digits", seed, num_train=500, num_test=600)
    else:
        images = small_set("cifar10", seed, num_train=5000, num_test=4000, size=16)
    steps = 30 if quick else 800
    found: dict[str, float] = {}
    for name, activation in ACTIVATIONS.items():
        build = partial(small_cnn, images, activation=activation, norm=BatchNorm2d)
        found[name] = accuracy_at_best_rate(
            build, images, RATES, steps=steps, seed=seed
        )
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    gains = differences(runs, "Swish", "ReLU")
    return Verdict(
        above(gains),
        f"Test accuracy: ReLU {spread(column(runs, 'ReLU'), '.1%')}, Swish "
        f"{spread(column(runs, 'Swish'), '.1%')}; Swish gains {spread(gains, '.1%')}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    draw_points(figure, runs, tuple(ACTIVATIONS), xlabel="test accuracy")


CLAIM = Claim(
    title="Swish against ReLU",
    source="deck 2",
    claim="Swish gives a better accuracy on CIFAR-10 than ReLU.",
    criterion="Its test accuracy is higher, each at its best rate.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=5,
)
