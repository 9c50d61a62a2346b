"""Batch norm belongs between the convolution and the activation.

The paper normalises what the linear map gives, and the decks draw it there: behind the
convolution, before the activation. Behind the activation the next layer would see
inputs of mean zero, which speaks for the other order. The same layers in both orders,
each at the best of three rates by one half of the test images, judged by the other.
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
    small_cnn,
    small_set,
    spread,
)
from trainwell.layers.norm import BatchNorm2d

ORDERS = {"before": False, "behind": True}
RATES = (0.01, 0.03, 0.1)


def measure(seed: int, *, quick: bool) -> Measured:
    if quick:
        images = small_set("digits", seed, num_train=500, num_test=600)
    else:
        images = small_set("cifar10", seed, num_train=5000, num_test=4000, size=16)
    steps = 30 if quick else 500
    found: dict[str, float] = {}
    for name, norm_last in ORDERS.items():
        build = partial(small_cnn, images, norm=BatchNorm2d, norm_last=norm_last)
        found[name] = accuracy_at_best_rate(
            build, images, RATES, steps=steps, seed=seed
        )
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    gains = differences(runs, "before", "behind")
    return Verdict(
        above(gains),
        "Test accuracy: before the activation "
        f"{spread(column(runs, 'before'), '.1%')}, behind it "
        f"{spread(column(runs, 'behind'), '.1%')}; before gains "
        f"{spread(gains, '.1%')}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    names = {name: f"{name} the activation" for name in ORDERS}
    draw_points(figure, runs, names, xlabel="test accuracy")


CLAIM = Claim(
    title="Where batch norm goes",
    source="decks 0, 2",
    claim="Batch norm belongs between the convolution and the activation.",
    criterion="The test accuracy is higher there than behind the activation, each at "
    "its best rate.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=5,
)
