"""Adam has the lowest training loss on a perceptron with dropout.

The figure of the deck is Adam's own paper: a multilayer perceptron with dropout on
MNIST, trained by five optimizers; Adam is below the others all along. Dropout makes
gradients noisy, which methods that average them should bear best. Here on a part of
Fashion-MNIST, each optimizer at the best of four rates.
"""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from matplotlib.figure import Figure
from torch import nn

from trainwell.experiments import (
    Claim,
    Measured,
    Verdict,
    above,
    column,
    deep_mlp,
    draw_curves,
    fit_small,
    small_set,
    spread,
    thinned,
)
from trainwell.layers.activations import ReLU
from trainwell.layers.stochastic import Dropout
from trainwell.optim import Adadelta, Adagrad, Adam, Nesterov, RMSprop

Build = Callable[[list[nn.Parameter], float], torch.optim.Optimizer]
OPTIMIZERS: dict[str, tuple[Build, tuple[float, ...]]] = {
    "AdaGrad": (lambda p, lr: Adagrad(p, lr=lr), (0.003, 0.01, 0.03, 0.1)),
    "RMSProp": (lambda p, lr: RMSprop(p, lr=lr), (0.0001, 0.0003, 0.001, 0.003)),
    "SGD Nesterov": (lambda p, lr: Nesterov(p, lr=lr), (0.003, 0.01, 0.03, 0.1)),
    "AdaDelta": (lambda p, lr: Adadelta(p, lr=lr), (0.1, 0.3, 1.0, 3.0)),
    "Adam": (lambda p, lr: Adam(p, lr=lr), (0.0001, 0.0003, 0.001, 0.003)),
}
WIDTH, DEPTH, DROPPED = 300, 2, 0.5


def unit() -> nn.Module:
    return nn.Sequential(ReLU(), Dropout(DROPPED))


def measure(seed: int, *, quick: bool) -> Measured:
    name, count, steps = ("digits", 500, 20) if quick else ("fashion-mnist", 3000, 400)
    images = small_set(name, seed, num_train=count, num_test=10).flat()
    found: dict[str, object] = {}
    for label, (build, rates) in OPTIMIZERS.items():
        best = np.inf
        for rate in rates:
            model = deep_mlp(images, width=WIDTH, depth=DEPTH, activation=unit)
            optimizer = build(list(model.parameters()), rate)
            losses = fit_small(model, optimizer, images, steps=steps, seed=seed)
            end = float(np.mean(losses[-steps // 10 :]))
            if end < best:
                best = end
                found[label], found[f"{label} loss"] = end, thinned(losses, 40)
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    others = [name for name in OPTIMIZERS if name != "Adam"]
    lead = [min(run[name] for name in others) - run["Adam"] for run in runs]
    ends = [f"{name} {spread(column(runs, name))}" for name in OPTIMIZERS]
    return Verdict(
        above(lead),
        f"Training loss at the end: {', '.join(ends)}; Adam leads by {spread(lead)}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    draw_curves(
        figure,
        runs,
        {f"{name} loss": name for name in OPTIMIZERS},
        xlabel="part of the training",
        ylabel="training loss",
        log=True,
    )


CLAIM = Claim(
    title="Dropout under five optimizers",
    source="deck 3",
    claim="Adam trains a perceptron with dropout to a lower loss than four others.",
    criterion="Its training loss at the end is below that of the best of the others, "
    "each at its best rate.",
    measure=measure,
    judge=judge,
    draw=draw,
)
