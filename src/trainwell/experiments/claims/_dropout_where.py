"""Dropout suits wide fully connected layers; elsewhere batch normalisation does more.

A wide layer has most of a network's weights, and many units that can learn the same
thing: dropout keeps them apart. A convolution has few weights, and its neighbours see
nearly the same pixels, so that dropping single outputs hides little. On few images: a
wide fully connected network without and with dropout, and a convolutional network
plain, with dropout after every convolution, and with batch normalisation there.
"""

from collections.abc import Callable, Sequence

from matplotlib.figure import Figure
from torch import nn

from trainwell.experiments import (
    Claim,
    Measured,
    Verdict,
    above,
    accuracy_of,
    column,
    differences,
    draw_points,
    every,
    fit_small,
    small_set,
    spread,
)
from trainwell.layers.norm import BatchNorm2d
from trainwell.layers.stochastic import Dropout
from trainwell.optim import Adam

WIDTH, CHANNELS = 1024, (16, 32, 32)
RATES = (1e-3, 3e-4)


def wide(p: float) -> nn.Module:
    hidden = [nn.LazyLinear(WIDTH), nn.ReLU(), Dropout(p)]
    more = [nn.Linear(WIDTH, WIDTH), nn.ReLU(), Dropout(p)]
    return nn.Sequential(nn.Flatten(), *hidden, *more, nn.Linear(WIDTH, 10))


def convolutional(kind: str) -> nn.Module:
    layers: list[nn.Module] = []
    before = 1
    for channels in CHANNELS:
        layers.append(nn.Conv2d(before, channels, 3, padding=1))
        layers += [BatchNorm2d(channels)] if kind == "norm" else []
        layers.append(nn.ReLU())
        layers += [Dropout(0.2)] if kind == "dropout" else []
        layers.append(nn.MaxPool2d(2))
        before = channels
    return nn.Sequential(*layers, nn.Flatten(), nn.LazyLinear(10))


NETWORKS: dict[str, Callable[[], nn.Module]] = {
    "wide": lambda: wide(0.0),
    "wide, dropout": lambda: wide(0.5),
    "convolutional": lambda: convolutional("plain"),
    "convolutional, dropout": lambda: convolutional("dropout"),
    "convolutional, batch norm": lambda: convolutional("norm"),
}


def measure(seed: int, *, quick: bool) -> Measured:
    source, count = ("digits", 200) if quick else ("fashion-mnist", 1000)
    images = small_set(source, seed, num_train=count, num_test=count)
    found = {}
    for name, make in NETWORKS.items():
        best = 0.0
        for rate in RATES:
            model = make()
            model(images.x[:2])
            optimizer = Adam(model.parameters(), lr=rate)
            fit_small(model, optimizer, images, steps=60 if quick else 600, seed=seed)
            best = max(best, accuracy_of(model, images.x_test, images.y_test))
        found[name] = best
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    gain = differences(runs, "wide, dropout", "wide")
    norm = differences(runs, "convolutional, batch norm", "convolutional, dropout")
    accuracies = "; ".join(f"{n} {spread(column(runs, n), '.3f')}" for n in NETWORKS)
    return Verdict(every(above(gain), above(norm)), f"Test accuracy: {accuracies}.")


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    draw_points(figure, runs, list(NETWORKS), xlabel="test accuracy")


CLAIM = Claim(
    title="Where dropout helps",
    source="decks 0, 3",
    claim="Dropout suits wide fully connected layers, batch norm the others.",
    criterion="Dropout raises the wide network's test accuracy, and batch norm that of "
    "the convolutional one more than dropout does.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=5,
)
