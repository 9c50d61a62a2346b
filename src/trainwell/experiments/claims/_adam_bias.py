"""Without bias correction Adam's first steps are far too large.

Both averages start at zero: after one step the mean of gradients is 0.1 g and that of
their squares 0.001 g^2, so the step is 0.1 / sqrt(0.001) = 3.2 times the learning
rate, and it grows before it settles. Divided by 1 - beta^t it is the learning rate
from the first step on. The deck counts from t = 0, where 1 - beta^t is zero.
"""

from collections.abc import Sequence

import torch
from matplotlib.figure import Figure
from torch import nn

from trainwell.experiments import Claim, Measured, Verdict, certain
from trainwell.optim import Adam

BETAS = (0.9, 0.999)
STEPS = 100


def corrected() -> list[float]:
    """Return lengths of Adam's steps in learning rates; the gradient is always 1."""
    weight = nn.Parameter(torch.zeros(1, dtype=torch.float64))
    optimizer = Adam([weight], lr=1.0, betas=BETAS)
    places = [0.0]
    for _ in range(STEPS):
        weight.grad = torch.ones_like(weight)
        optimizer.step()
        places.append(weight.item())
    return [a - b for a, b in zip(places[:-1], places[1:], strict=True)]


def uncorrected() -> list[float]:
    """Return the same without the division by 1 - beta^t."""
    mean = square = 0.0
    lengths = []
    for _ in range(STEPS):
        mean = BETAS[0] * mean + (1 - BETAS[0])
        square = BETAS[1] * square + (1 - BETAS[1])
        lengths.append(mean / square**0.5)
    return lengths


def measure(seed: int, *, quick: bool) -> Measured:
    return {"corrected": corrected(), "uncorrected": uncorrected()}


def judge(runs: Sequence[Measured]) -> Verdict:
    with_it, without = runs[0]["corrected"], runs[0]["uncorrected"]
    holds = without[0] > 3 and all(abs(length - 1) < 1e-6 for length in with_it)
    return Verdict(
        certain(holds),
        f"First step: {without[0]:.2f} learning rates without correction, up to "
        f"{max(without):.2f} later; {with_it[0]:.2f} with it.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = figure.subplots()
    for name in ("uncorrected", "corrected"):
        axes.plot(range(1, STEPS + 1), runs[0][name], label=name)
    axes.set(xlabel="step", ylabel="length in learning rates", ylim=(0, None))
    axes.legend(frameon=False)


CLAIM = Claim(
    title="Adam's first steps",
    source="deck 4",
    claim="Without bias correction Adam's first step is far too large.",
    criterion="More than 3 learning rates without it, exactly one with it.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=1,
)
