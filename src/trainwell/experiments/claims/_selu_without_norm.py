"""A deep network of SELU trains without normalisation.

SELU's two constants make mean 0 and variance 1 a fixed point: a layer whose inputs are
near it has outputs that are nearer. So thirty fully connected layers should train as
well as with batch norm, and better than ReLU or tanh without it. Each variant has the
start that suits it and its own best learning rate.
"""

from collections.abc import Callable, Sequence

import torch
from matplotlib.figure import Figure
from torch import Tensor, nn

from trainwell.experiments import (
    Claim,
    Measured,
    Verdict,
    above,
    accuracy_of,
    column,
    deep_mlp,
    differences,
    draw_points,
    every,
    fit_small,
    small_set,
    spread,
)
from trainwell.init import (
    init_weights_,
    kaiming_normal_,
    lecun_normal_,
    xavier_normal_,
)
from trainwell.layers.activations import SELU, ReLU, Tanh
from trainwell.layers.norm import BatchNorm1d
from trainwell.optim import SGD

Start = Callable[[Tensor], Tensor]
VARIANTS: dict[str, tuple[type[nn.Module], Start, type[nn.Module] | None]] = {
    "SELU": (SELU, lecun_normal_, None),
    "ReLU": (ReLU, kaiming_normal_, None),
    "tanh": (Tanh, xavier_normal_, None),
    "ReLU, batch norm": (ReLU, kaiming_normal_, BatchNorm1d),
}
RATES = (0.003, 0.01, 0.03, 0.1, 0.3)
WIDTH, DEPTH = 64, 30
SLACK = 0.02


@torch.no_grad()
def last_spread(model: nn.Sequential, x: Tensor) -> float:
    """Return the standard deviation of what the last hidden layer answers."""
    answers: Tensor = model[:-1](x)
    return answers.std().item()


def measure(seed: int, *, quick: bool) -> Measured:
    name, count, steps = ("digits", 800, 30) if quick else ("fashion-mnist", 3000, 800)
    images = small_set(name, seed, num_train=count, num_test=count // 2).flat()
    found: dict[str, float] = {}
    for label, (activation, start, norm) in VARIANTS.items():
        best = -1.0
        for rate in RATES[1:4] if quick else RATES:
            model = deep_mlp(
                images, width=WIDTH, depth=DEPTH, activation=activation, norm=norm
            )
            init_weights_(model, start)
            optimizer = SGD(model.parameters(), lr=rate)
            fit_small(model, optimizer, images, steps=steps, seed=seed)
            learned = accuracy_of(model, images.x, images.y)
            if learned > best:
                best = learned
                found[label] = accuracy_of(model, images.x_test, images.y_test)
                found[f"{label} spread"] = last_spread(model.eval(), images.x[:500])
                found[f"{label} rate"] = rate
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    words = [
        above(differences(runs, "SELU", name), -SLACK if "norm" in name else 0.0)
        for name in VARIANTS
        if name != "SELU"
    ]
    accuracies = [f"{name} {spread(column(runs, name), '.1%')}" for name in VARIANTS]
    return Verdict(
        every(*words),
        f"Test accuracy at {DEPTH} layers: {', '.join(accuracies)}; the answers of "
        "SELU's last layer have a standard deviation of "
        f"{spread(column(runs, 'SELU spread'), '.2f')}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    draw_points(figure, runs, tuple(VARIANTS), xlabel="test accuracy")


CLAIM = Claim(
    title="SELU without batch norm",
    source="decks 3, 4",
    claim="SELU networks can do without batch norm.",
    criterion="At 30 layers SELU beats ReLU and tanh without norm, and is at most 2 "
    "points of test accuracy behind ReLU with batch norm.",
    measure=measure,
    judge=judge,
    draw=draw,
)
