"""Erratum: the gradient of gamma needs the normalised input.

y = gamma x_hat + beta with x_hat = (x - mu) / sigma, so dL/dgamma is the sum of
dL/dy x_hat over the batch. One slide multiplies by x instead. For inputs with mean
zero and variance one the two agree, which is how the slip survives; shift the inputs,
and even the sign can be wrong. Checked against central differences.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from trainwell.experiments import Claim, Measured, Verdict, certain
from trainwell.layers.passes import batch_norm_backward, batch_norm_forward

SHIFTS = (0.0, 0.5, 1.0, 2.0, 5.0)
STEP = 1e-6


def measure(seed: int, *, quick: bool) -> Measured:
    rng = np.random.default_rng(seed)
    noise, dy = rng.normal(size=(2, 64, 1))
    found: dict[str, list[float]] = {"slide": [], "ours": [], "differences": []}
    for shift in SHIFTS:
        x = noise + shift
        _, cache = batch_norm_forward(x, np.ones(1), np.zeros(1))
        up, down = (
            (batch_norm_forward(x, np.full(1, gamma), np.zeros(1))[0] * dy).sum()
            for gamma in (1 + STEP, 1 - STEP)
        )
        found["slide"].append(float((dy * x).sum()))
        found["ours"].append(float(batch_norm_backward(dy, cache)[1][0]))
        found["differences"].append(float(up - down) / (2 * STEP))
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    slide, ours, true = (
        np.array(runs[0][name]) for name in ("slide", "ours", "differences")
    )
    wrong, small = np.abs(slide / true - 1).max(), np.abs(ours / true - 1).max()
    return Verdict(
        certain(bool(wrong < 0.01)),
        f"Largest relative error: {wrong:.1f} with the input, {small:.0e} with the "
        "normalised input.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = figure.subplots()
    names = {
        "slide": "with the input",
        "ours": "with the normalised input",
        "differences": "central differences",
    }
    for (name, label), line in zip(names.items(), ("o-", "o-", "k:"), strict=True):
        color = None if line == "o-" else "C2"
        axes.plot(SHIFTS, runs[0][name], line.strip("k"), color=color, label=label)
    axes.set(xlabel="mean of the inputs", ylabel="gradient of gamma")
    axes.legend(frameon=False)


CLAIM = Claim(
    title="The gradient of gamma",
    source="deck 0, erratum",
    claim="The gradient of gamma is the sum of the gradient times the input.",
    criterion="It agrees with central differences within 1 %, for five input means.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=1,
)
