"""Erratum: the code's p is the probability to keep, not to drop.

The slide's mask is `rand < p`, which is true with probability p: a unit survives with
probability p. With p = 0.5 both are the same. Named a drop probability, 0.8 would leave
four units in five where one in five is wanted. Everywhere in this library p is the
probability to drop, as in PyTorch.
"""

from collections.abc import Sequence

import torch
from matplotlib.figure import Figure

from trainwell.experiments import Claim, Measured, Verdict, certain
from trainwell.layers.stochastic import Dropout

PROBABILITIES = (0.1, 0.2, 0.5, 0.8, 0.9)
UNITS = 100_000


def measure(seed: int, *, quick: bool) -> Measured:
    slide, ours = [], []
    for p in PROBABILITIES:
        mask = torch.rand(UNITS) < p
        slide.append(1 - mask.float().mean().item())
        dropped = Dropout(p)(torch.ones(UNITS)) == 0
        ours.append(dropped.float().mean().item())
    return {"slide": slide, "ours": ours}


def judge(runs: Sequence[Measured]) -> Verdict:
    slide, ours = runs[0]["slide"], runs[0]["ours"]
    error = max(abs(a - p) for a, p in zip(slide, PROBABILITIES, strict=True))
    return Verdict(
        certain(error < 0.02),
        f"With p = {PROBABILITIES[3]} the slide drops {slide[3]:.0%} of the units, "
        f"this library {ours[3]:.0%}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = figure.subplots()
    axes.plot(PROBABILITIES, runs[0]["slide"], "o-", label="mask = rand < p")
    axes.plot(PROBABILITIES, runs[0]["ours"], "o-", label="trainwell, PyTorch")
    axes.set(xlabel="p", ylabel="units that are dropped")
    axes.legend(frameon=False)


CLAIM = Claim(
    title="Keeping is not dropping",
    source="deck 3, erratum",
    claim="The p of the slide's dropout is the probability to drop a unit.",
    criterion="The dropped fraction is p, within 0.02, for p from 0.1 to 0.9.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=1,
)
