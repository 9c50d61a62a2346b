"""Erratum: dividing by 1 - p belongs inside of `if train`.

Inverted dropout divides what is left by 1 - p, so that the mean output in training is
the output without dropout. One slide divides in tests too, where nothing was dropped:
every layer then multiplies by 1 / (1 - p), and three of them with p = 0.5 by eight.
"""

from collections.abc import Sequence

import torch
from matplotlib.figure import Figure

from trainwell.experiments import Claim, Measured, Verdict, certain
from trainwell.layers.stochastic import Dropout

P = 0.5
LAYERS = 5
UNITS = 20_000


def slide(x: torch.Tensor, *, train: bool) -> torch.Tensor:
    if train:
        x = x * (torch.rand_like(x) > P)
    return x / (1 - P)


def measure(seed: int, *, quick: bool) -> Measured:
    layer = Dropout(P)
    found: dict[str, list[float]] = {}
    for name in ("slide in training", "slide in a test", "ours in a test"):
        x = torch.ones(UNITS)
        layer.train(name.endswith("training"))
        found[name] = [1.0]
        for _ in range(LAYERS):
            is_ours = name.startswith("ours")
            x = layer(x) if is_ours else slide(x, train=layer.training)
            found[name].append(x.mean().item())
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    of_slide, ours = runs[0]["slide in a test"], runs[0]["ours in a test"]
    return Verdict(
        certain(abs(of_slide[-1] - 1) < 0.1),
        f"After {LAYERS} layers with p = {P} a test sees {of_slide[-1]:.0f} times the "
        f"output on the slide, {ours[-1]:.0f} times where only training divides.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = figure.subplots()
    for name, values in runs[0].items():
        axes.plot(range(LAYERS + 1), values, "o-", label=name)
    axes.set(xlabel="layers of dropout", ylabel="mean output", yscale="log")
    axes.legend(frameon=False)


CLAIM = Claim(
    title="Where dropout divides",
    source="deck 0, erratum",
    claim="Dividing by 1 - p outside of `if train` keeps the size of outputs.",
    criterion="The mean output of a test is that without dropout, within a tenth.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=1,
)
