"""L-BFGS works well on all the data at once, and badly on mini-batches.

L-BFGS learns the curvature from how the gradient changed between two places. If the
gradients come from two different mini-batches, most of that change is noise, and so is
the curvature. The same small network, the same number of images looked at: L-BFGS and
momentum, on all images and on batches. (This library's L-BFGS refuses a loss that
changes between steps, so the mini-batches go to torch's.)
"""

from collections.abc import Callable, Sequence
from functools import partial
from math import log10

import torch
from matplotlib.figure import Figure
from torch import Tensor, nn

from trainwell.experiments import (
    Claim,
    Measured,
    Small,
    Verdict,
    above,
    deep_mlp,
    draw_curves,
    every,
    loss_of,
    small_set,
    spread,
)
from trainwell.layers.activations import Tanh
from trainwell.losses import cross_entropy
from trainwell.optim import LBFGS, Momentum

Build = Callable[[list[nn.Parameter], float], torch.optim.Optimizer]
BATCH = 50
VARIANTS: dict[str, tuple[bool, Build, tuple[float, ...]]] = {
    "L-BFGS, all": (True, lambda p, lr: LBFGS(p, lr=lr, iterations=5), (1.0,)),
    "momentum, all": (
        True,
        lambda p, lr: Momentum(p, lr=lr),
        (0.01, 0.03, 0.1, 0.3, 1.0),
    ),
    "L-BFGS, batches": (
        False,
        lambda p, lr: torch.optim.LBFGS(p, lr=lr, max_iter=1),
        (0.003, 0.01, 0.03, 0.1, 0.3, 1.0),
    ),
    "momentum, batches": (
        False,
        lambda p, lr: Momentum(p, lr=lr),
        (0.003, 0.01, 0.03, 0.1),
    ),
}
LEAST = 1e-6


def descent(images: Small, name: str, rate: float, passes: int) -> list[float]:
    """Return the loss of all images after each pass over as many images."""
    whole, build, _ = VARIANTS[name]
    model = deep_mlp(images, width=30, depth=1, activation=Tanh)
    optimizer = build(list(model.parameters()), rate)
    count, seen = len(images.y), 0
    losses = [loss_of(model, images.x, images.y)]

    def evaluate(rows: Tensor) -> float:
        nonlocal seen
        seen += len(rows)
        optimizer.zero_grad()
        loss = cross_entropy(model(images.x[rows]), images.y[rows]).mean()
        loss.backward()
        return loss.item()

    while seen < passes * count:
        rows = torch.arange(count) if whole else torch.randperm(count)[:BATCH]
        optimizer.step(partial(evaluate, rows))
        while len(losses) <= min(seen // count, passes):
            now = loss_of(model, images.x, images.y)
            losses.append(max(now, LEAST) if now == now else float("inf"))
    return losses


def measure(seed: int, *, quick: bool) -> Measured:
    name, count = ("digits", 300) if quick else ("fashion-mnist", 1000)
    images = small_set(name, seed, num_train=count, num_test=10).flat()
    passes = 15 if quick else 60
    return {
        name: min(
            (descent(images, name, rate, passes) for rate in rates),
            key=lambda losses: losses[-1],
        )
        for name, (_, _, rates) in VARIANTS.items()
    }


def judge(runs: Sequence[Measured]) -> Verdict:
    ends = {name: [run[name][-1] for run in runs] for name in VARIANTS}

    def better(name: str, other: str) -> list[float]:
        pairs = zip(ends[name], ends[other], strict=True)
        return [log10(b / a) for a, b in pairs]

    shown = [f"{name} {spread(losses, '.2g')}" for name, losses in ends.items()]
    return Verdict(
        every(
            above(better("L-BFGS, all", "momentum, all")),
            above(better("L-BFGS, all", "L-BFGS, batches")),
            above(better("momentum, batches", "L-BFGS, batches")),
        ),
        f"Training loss after as many images: {', '.join(shown)}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    draw_curves(
        figure,
        runs,
        tuple(VARIANTS),
        x=range(len(runs[0]["L-BFGS, all"])),
        xlabel="passes over the images",
        ylabel="training loss",
        log=True,
    )


CLAIM = Claim(
    title="L-BFGS and mini-batches",
    source="deck 3",
    claim="L-BFGS is good on all the data at once, and bad on mini-batches.",
    criterion="On all images its loss is below that of momentum and below its own on "
    "mini-batches, where it is above momentum's.",
    measure=measure,
    judge=judge,
    draw=draw,
)
