"""If all inputs of a unit are positive, all its gradients have one sign.

y = w . x + b, so dL/dw_i = dL/dy x_i: where every x_i is positive, every component has
the sign of dL/dy. From one sample, a step can only raise all weights of a unit or
lower all. The mean over a mini-batch mixes samples of both signs, and inputs with
mean zero have no such bound at all.
"""

from collections.abc import Sequence

import torch
from matplotlib.figure import Figure
from torch import Tensor, nn

from trainwell.experiments import Claim, Measured, Verdict, certain, small_set, spread
from trainwell.losses import cross_entropy

BATCHES = (1, 2, 4, 8, 16, 32, 64)


def one_sign(x: Tensor, y: Tensor) -> float:
    """Return the fraction of units whose weights all move in one direction."""
    layer = nn.Linear(x.shape[1], 10)
    cross_entropy(layer(x), y).mean().backward()
    assert layer.weight.grad is not None
    gradient = layer.weight.grad
    moved = gradient != 0
    up = ((gradient > 0) | ~moved).all(1)
    down = ((gradient < 0) | ~moved).all(1)
    return (up | down).float().mean().item()


def measure(seed: int, *, quick: bool) -> Measured:
    images = small_set("digits", seed, num_train=1000, num_test=10).flat()
    inputs = {"positive": images.x - images.x.min() + 0.1, "centred": images.x}
    repeats = 5 if quick else 50
    found: dict[str, list[float]] = {}
    for name, x in inputs.items():
        found[name] = []
        for size in BATCHES:
            rows = torch.randperm(len(x))[: size * repeats].split(size)
            signs = [one_sign(x[r], images.y[r]) for r in rows]
            found[name].append(sum(signs) / len(signs))
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    alone = [run["positive"][0] for run in runs]
    batch = [run["positive"][-1] for run in runs]
    centred = [run["centred"][0] for run in runs]
    holds = min(alone) == 1 and max(batch) < 0.5 and max(centred) < 0.5
    return Verdict(
        certain(holds),
        "Units whose weights all move one way: positive inputs "
        f"{spread(alone, '.0%')} from one sample, {spread(batch, '.0%')} from "
        f"{BATCHES[-1]}; centred inputs {spread(centred, '.0%')} from one.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = figure.subplots()
    for name, line in (("positive", "-"), ("centred", "--")):
        for i, run in enumerate(runs):
            label = f"{name} inputs" if i == 0 else None
            color = "C0" if name == "positive" else "C1"
            axes.plot(BATCHES, run[name], line, color=color, label=label)
    axes.set(xlabel="samples in a batch", ylabel="units with one sign", xscale="log")
    axes.set_xticks(BATCHES, [str(size) for size in BATCHES])
    axes.minorticks_off()
    axes.legend(frameon=False)


CLAIM = Claim(
    title="Positive inputs, one sign",
    source="decks 3, 4",
    claim="All-positive inputs give gradients of one sign; mini-batches save it.",
    criterion="From one sample all units have one sign, from 64 less than half; with "
    "centred inputs less than half from one.",
    measure=measure,
    judge=judge,
    draw=draw,
)
