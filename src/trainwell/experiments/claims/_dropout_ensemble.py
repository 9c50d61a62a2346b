"""Dropout is an ensemble of networks that share their weights.

Each mask leaves another network. A test without dropout should be about the mean over
all of them: for one layer of softmax outputs it is exactly their geometric mean, for
deep networks about. A network is trained with dropout on digits; its answers without
dropout are compared with the mean of growing numbers of masked networks, and these
with single ones.
"""

from collections.abc import Sequence
from typing import Any

import torch
from matplotlib.figure import Figure
from torch import nn

from trainwell.experiments import (
    Claim,
    Measured,
    Verdict,
    above,
    accuracy_of,
    draw_curves,
    every,
    fit_small,
    small_set,
    spread,
)
from trainwell.layers.stochastic import Dropout, MCDropout
from trainwell.optim import Adam

P, WIDTH = 0.5, 256
MASKS = (1, 2, 4, 8, 16, 32, 64)


def measure(seed: int, *, quick: bool) -> Measured:
    digits = small_set("digits", seed, num_train=600, num_test=300).flat()
    model = nn.Sequential(
        nn.Linear(64, WIDTH),
        nn.ReLU(),
        Dropout(P),
        nn.Linear(WIDTH, WIDTH),
        nn.ReLU(),
        Dropout(P),
        nn.Linear(WIDTH, 10),
    )
    steps = 300 if quick else 2000
    optimizer = Adam(model.parameters(), lr=1e-3)
    fit_small(model, optimizer, digits, steps=steps, seed=seed)
    plain = accuracy_of(model, digits.x_test, digits.y_test)
    found: dict[str, Any] = {"without": plain, "ensemble": []}
    for count in MASKS:
        ensemble = MCDropout(model, samples=count, seed=seed).eval()
        with torch.no_grad():
            right = ensemble(digits.x_test).argmax(1) == digits.y_test
        found["ensemble"].append(right.float().mean().item())
    found["without dropout"] = [plain] * len(MASKS)
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    single = [run["ensemble"][0] for run in runs]
    many = [run["ensemble"][-1] for run in runs]
    plain = [run["without"] for run in runs]
    gains = [a - b for a, b in zip(many, single, strict=True)]
    near = [0.02 - abs(a - b) for a, b in zip(many, plain, strict=True)]
    return Verdict(
        every(above(gains), above(near)),
        f"Test accuracy: one masked network {spread(single, '.3f')}, {MASKS[-1]} of "
        f"them {spread(many, '.3f')}, without dropout {spread(plain, '.3f')}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    names = {"ensemble": "mean of masked networks", "without dropout": "no dropout"}
    axes = draw_curves(
        figure, runs, names, x=MASKS, xlabel="masks", ylabel="test accuracy"
    )
    axes.set_xscale("log", base=2)
    axes.set_xticks(MASKS, [str(count) for count in MASKS])


CLAIM = Claim(
    title="Dropout as an ensemble",
    source="decks 3, 4",
    claim="Dropout trains an ensemble; a test without dropout answers as its mean.",
    criterion="The mean of 64 masks beats one, and is within 0.02 of no dropout.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=5,
)
