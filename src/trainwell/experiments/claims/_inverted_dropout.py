"""Inverted dropout gives the same answers as vanilla dropout, without work in tests.

Vanilla dropout leaves outputs as they are in training and multiplies by 1 - p in
tests; inverted dropout divides by 1 - p in training, and a test does nothing. Trained
with learning rates that match, (1 - p)^2 times as large for weights behind the
dropout, both are the same network up to the scale of these weights.
"""

from collections.abc import Sequence

import torch
from matplotlib.figure import Figure
from torch import Tensor, nn

from trainwell.core.modes import evaluating
from trainwell.experiments import (
    Claim,
    Measured,
    Verdict,
    certain,
    draw_curves,
    fit_small,
    small_set,
)
from trainwell.layers.stochastic import Dropout
from trainwell.optim import SGD

P, RATE, WIDTH = 0.5, 0.1, 64


class Vanilla(nn.Module):
    """Dropout as it was first: the test multiplies."""

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x * (1 - P)
        return x * (torch.rand_like(x) > P)


class Inverted(nn.Module):
    """Dropout that draws its mask as `Vanilla` does; the training divides."""

    def forward(self, x: Tensor) -> Tensor:
        return x * (torch.rand_like(x) > P) / (1 - P) if self.training else x


def measure(seed: int, *, quick: bool) -> Measured:
    digits = small_set("digits", seed, num_train=500, num_test=200).flat()
    losses, answers = {}, {}
    for name, layer, scale in (
        ("vanilla", Vanilla(), 1 / (1 - P)),
        ("inverted", Inverted(), 1.0),
    ):
        torch.manual_seed(seed)
        head = nn.Linear(WIDTH, 10, dtype=torch.float64)
        with torch.no_grad():
            head.weight *= scale
        below = nn.Linear(64, WIDTH, dtype=torch.float64)
        model = nn.Sequential(below, nn.ReLU(), layer, head)
        groups = [
            {"params": [*below.parameters(), head.bias], "lr": RATE},
            {"params": [head.weight], "lr": RATE * scale**2},
        ]
        images = type(digits)(
            digits.x.double(), digits.y, digits.x_test.double(), digits.y_test
        )
        losses[name] = fit_small(model, SGD(groups, lr=RATE), images, steps=200)
        with evaluating(model, []):
            answers[name] = model(images.x_test).softmax(1)
    ours = Dropout(P).eval()(digits.x)
    return {
        **losses,
        "difference": (answers["vanilla"] - answers["inverted"]).abs().max().item(),
        "test": (ours - digits.x).abs().max().item(),
    }


def judge(runs: Sequence[Measured]) -> Verdict:
    largest = max(run["difference"] for run in runs)
    idle = max(run["test"] for run in runs)
    return Verdict(
        certain(largest < 1e-9 and idle == 0),
        f"Probabilities after 200 steps differ by {largest:.1g} at most; in a test "
        f"inverted dropout changes its input by {idle:g}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    first = runs[:1]
    axes = draw_curves(
        figure, first, ["vanilla", "inverted"], xlabel="training", ylabel="loss"
    )
    axes.get_lines()[0].set(linewidth=5, alpha=0.35)


CLAIM = Claim(
    title="Inverted dropout",
    source="decks 0, 3",
    claim="Inverted dropout answers as vanilla dropout, and does nothing in a test.",
    criterion="The same training gives the same answers to 1e-9 in float64.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=2,
)
