"""Random search finds better values than a grid of as many points.

Of several hyper-parameters few matter, and one does not know which. A grid of nine
points tries three values of each; nine random points try nine. A small network on
digits: the learning rate decides nearly all, the weight decay hardly anything. Each
search keeps the point of the best validation accuracy, which is judged on test images.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from matplotlib.figure import Figure
from torch import nn

from trainwell.experiments import (
    Claim,
    Measured,
    Small,
    Verdict,
    above,
    differences,
    fit_small,
    loss_of,
    small_set,
    spread,
)
from trainwell.optim import SGD

Points = npt.NDArray[np.float64]
RATES, DECAYS = (-4.0, 1.0), (-6.0, -2.0)  # powers of ten
SIDE = 3
STEPS = 150


def points(kind: str, rng: np.random.Generator) -> Points:
    """Return powers of ten, (points, 2)."""
    low, high = np.array([RATES, DECAYS]).T
    if kind == "random":
        return rng.uniform(low, high, (SIDE**2, 2))
    cells = (np.arange(SIDE) + 0.5) / SIDE
    grid = np.stack(np.meshgrid(cells, cells), -1).reshape(-1, 2)
    placed: Points = low + grid * (high - low)
    return placed


def trained(digits: Small, point: Points, seed: int) -> nn.Module:
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
    rate, decay = 10.0**point
    optimizer = SGD(model.parameters(), lr=rate, momentum=0.9, weight_decay=decay)
    fit_small(model, optimizer, digits, steps=STEPS, seed=seed)
    return model


def measure(seed: int, *, quick: bool) -> Measured:
    digits = small_set("digits", seed, num_train=700, num_test=170).flat()
    train = Small(digits.x[:400], digits.y[:400], digits.x_test, digits.y_test)
    rng = np.random.default_rng(seed)
    found: dict[str, object] = {}
    for kind in ("grid", "random"):
        losses = []
        tried = points(kind, rng)
        for point in tried:
            model = trained(train, point, seed)
            val = loss_of(model, digits.x[400:], digits.y[400:])
            test = loss_of(model, digits.x_test, digits.y_test)
            losses.append((val if np.isfinite(val) else np.inf, test))
        found[kind] = min(losses)[1]
        found[f"{kind} points"] = tried.tolist()
        found[f"{kind} losses"] = [val for val, _ in losses]
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    gain = differences(runs, "grid", "random")
    losses = {kind: [run[kind] for run in runs] for kind in ("grid", "random")}
    return Verdict(
        above(gain),
        f"Test loss of the best of {SIDE**2} points: grid {spread(losses['grid'])}, "
        f"random {spread(losses['random'])}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    for i, kind in enumerate(("grid", "random")):
        axes = figure.add_subplot(1, 2, i + 1)
        x, y = 10.0 ** np.array(runs[0][f"{kind} points"]).T
        sizes = 160 * np.exp(-np.array(runs[0][f"{kind} losses"]))
        axes.scatter(x, y, sizes + 3, color=f"C{i}")
        axes.set(xscale="log", yscale="log", xlabel="learning rate", title=kind)
        axes.set(xlim=[10.0**p for p in RATES], ylim=[10.0**p for p in DECAYS])
        if i == 0:
            axes.set_ylabel("weight decay")


CLAIM = Claim(
    title="Random against grid search",
    source="decks 3, 4",
    claim="Random search finds better values than a grid of as many points.",
    criterion="The best of nine random points has a lower test loss than the best of a "
    "grid of three by three.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=10,
)
