"""A high learning rate kills ReLU units; a positive bias, a slope or a lower rate help.

A unit that is negative on every image answers zero, so no gradient reaches its weights
and it never comes back. One large step can push a unit there. The decks' cures: start
biases at 0.01, let the negative side have a slope (leaky ReLU), or lower the rate. A
unit is counted as dead here if no training image gives its weights any gradient, which
is a fair count for all three.
"""

from collections.abc import Sequence

import torch
from matplotlib.figure import Figure
from torch import nn

from trainwell.experiments import (
    Claim,
    Measured,
    Small,
    Verdict,
    above,
    deep_mlp,
    draw_curves,
    every,
    fit_small,
    small_set,
    spread,
)
from trainwell.init import init_weights_, kaiming_normal_
from trainwell.layers.activations import LeakyReLU, ReLU
from trainwell.losses import cross_entropy
from trainwell.optim import Momentum

RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
HIGH, LOW = RATES.index(0.2), RATES.index(0.01)
CURES = {"relu": (ReLU, 0.0), "bias 0.01": (ReLU, 0.01), "leaky": (LeakyReLU, 0.0)}
WIDTH, DEPTH = 100, 3


def dead_units(model: nn.Sequential, images: Small) -> float:
    """Return the fraction of hidden units whose weights get no gradient at all."""
    weights = [p for p in model.parameters() if p.ndim == 2][:DEPTH]
    touched = [torch.zeros(WIDTH, dtype=torch.bool) for _ in range(DEPTH)]
    for x, y in zip(images.x.split(50), images.y.split(50), strict=True):
        model.zero_grad()
        cross_entropy(model(x), y).sum().backward()
        for units, weight in zip(touched, weights, strict=True):
            assert weight.grad is not None
            units |= weight.grad.ne(0).any(1)
    return 1 - torch.cat(touched).float().mean().item()


def measure(seed: int, *, quick: bool) -> Measured:
    name, count, steps = ("digits", 300, 60) if quick else ("fashion-mnist", 2000, 600)
    images = small_set(name, seed, num_train=count, num_test=10).flat()
    found: dict[str, list[float]] = {}
    for cure, (activation, bias) in CURES.items():
        found[cure] = []
        for rate in RATES:
            model = deep_mlp(images, width=WIDTH, depth=DEPTH, activation=activation)
            init_weights_(model, kaiming_normal_, bias=bias)
            optimizer = Momentum(model.parameters(), lr=rate)
            fit_small(model, optimizer, images, steps=steps, seed=seed)
            found[cure].append(dead_units(model, images))
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    high = [run["relu"][HIGH] for run in runs]
    cured = {
        "a rate of 0.01": [run["relu"][LOW] for run in runs],
        "biases of 0.01": [run["bias 0.01"][HIGH] for run in runs],
        "leaky ReLU": [run["leaky"][HIGH] for run in runs],
    }
    halved = {
        name: above([a / 2 - b for a, b in zip(high, after, strict=True)])
        for name, after in cured.items()
    }
    parts = ", ".join(
        f"{spread(after, '.1%')} with {name} ({halved[name]})"
        for name, after in cured.items()
    )
    return Verdict(
        every(above(high, 0.1), *halved.values()),
        f"Dead at a rate of {RATES[HIGH]}: {spread(high, '.1%')}; {parts}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = draw_curves(
        figure, runs, tuple(CURES), x=RATES, xlabel="learning rate", ylabel="dead units"
    )
    axes.set_xscale("log")
    axes.set_xticks(RATES, [str(rate) for rate in RATES])
    axes.minorticks_off()


CLAIM = Claim(
    title="Dead ReLU units, and their cures",
    source="decks 3, 4",
    claim="A high rate kills ReLU units; a bias of 0.01, a slope or a low rate saves.",
    criterion="More than 10 % are dead at the high rate, and each cure at least halves "
    "that.",
    measure=measure,
    judge=judge,
    draw=draw,
)
