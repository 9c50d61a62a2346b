"""PReLU wants a lower learning rate than ReLU.

PReLU learns the slope of its negative side, here one number for a layer. That number
scales all answers of the layer, so a step that suits a weight is a large one for a
slope. The deck advises a small rate. The same network with both, over rates that
double: where is each at its best? If the advice is right, PReLU's best rate is the
lower one.
"""

from collections.abc import Sequence
from math import log2

from matplotlib.figure import Figure

from trainwell.experiments import (
    Claim,
    Measured,
    Verdict,
    above,
    accuracy_of,
    draw_curves,
    fit_small,
    small_cnn,
    small_set,
    spread,
)
from trainwell.layers.activations import PReLU, ReLU
from trainwell.optim import Momentum
from trainwell.schedules import cosine

RATES = (0.0025, 0.005, 0.01, 0.02, 0.04, 0.08)


def measure(seed: int, *, quick: bool) -> Measured:
    if quick:
        images = small_set("digits", seed, num_train=500, num_test=500)
    else:
        images = small_set("cifar10", seed, num_train=4000, num_test=4000, size=16)
    found: dict[str, list[float]] = {}
    for name, activation in (("ReLU", ReLU), ("PReLU", PReLU)):
        found[name] = []
        for rate in RATES:
            model = small_cnn(images, activation=activation)
            optimizer = Momentum(model.parameters(), lr=rate)
            steps = 20 if quick else 500
            fit_small(
                model, optimizer, images, steps=steps, seed=seed, schedule=cosine()
            )
            found[name].append(accuracy_of(model, images.x_test, images.y_test))
    return found


def best_rate(accuracies: Sequence[float]) -> float:
    return RATES[accuracies.index(max(accuracies))]


def judge(runs: Sequence[Measured]) -> Verdict:
    relu, prelu = ([best_rate(run[name]) for run in runs] for name in ("ReLU", "PReLU"))
    halvings = [log2(a / b) for a, b in zip(relu, prelu, strict=True)]
    gains = [max(run["PReLU"]) - max(run["ReLU"]) for run in runs]
    return Verdict(
        above(halvings),
        f"Best rate: ReLU {spread(relu, '.3f')}, PReLU {spread(prelu, '.3f')}, lower "
        f"by {spread(halvings, '.1f')} halvings; at its best PReLU gains "
        f"{spread(gains, '.1%')} of test accuracy.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = draw_curves(
        figure,
        runs,
        ("ReLU", "PReLU"),
        x=RATES,
        xlabel="learning rate",
        ylabel="test accuracy",
    )
    axes.set_xscale("log")
    axes.set_xticks(RATES, [str(rate) for rate in RATES])
    axes.minorticks_off()


CLAIM = Claim(
    title="PReLU wants a lower rate",
    source="deck 2",
    claim="PReLU should be tried with a small learning rate.",
    criterion="Its best rate is lower than that of ReLU.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=5,
)
