"""Erratum: gamma = sigma and beta = mu undo batch normalisation.

y = gamma (x - mu) / sigma + beta. One slide says that gamma = sigma, beta = mu gives
zero mean and unit variance; it gives y = x, the identity, as two other decks say. Zero
mean and unit variance are what gamma = 1, beta = 0 give.
"""

from collections.abc import Sequence

import torch
from matplotlib.figure import Figure
from torch import Tensor

from trainwell.experiments import Claim, Measured, Verdict, certain
from trainwell.layers.norm import BatchNorm2d


def normalized(x: Tensor, gamma: Tensor, beta: Tensor) -> Tensor:
    layer = BatchNorm2d(x.shape[1], eps=1e-12).double()
    with torch.no_grad():
        layer.weight.copy_(gamma)
        layer.bias.copy_(beta)
        outputs: Tensor = layer(x)
    return outputs


def measure(seed: int, *, quick: bool) -> Measured:
    x = 3 + 2 * torch.randn(16, 4, 8, 8, dtype=torch.float64)
    mean = x.mean((0, 2, 3))
    std = x.std((0, 2, 3), correction=0)
    restored = normalized(x, std, mean)
    plain = normalized(x, torch.ones(4), torch.zeros(4))
    return {
        "restored": (restored - x).abs().max().item(),
        "mean": restored.mean().item(),
        "std": restored.std().item(),
        "plain mean": plain.mean().item(),
        "plain std": plain.std(correction=0).item(),
        "inputs": x[:, 0].flatten()[:300].tolist(),
        "outputs": restored[:, 0].flatten()[:300].tolist(),
        "plain": plain[:, 0].flatten()[:300].tolist(),
    }


def judge(runs: Sequence[Measured]) -> Verdict:
    found = runs[0]
    centred = abs(found["mean"]) < 0.1 and abs(found["std"] - 1) < 0.1
    return Verdict(
        certain(centred),
        f"Mean {found['mean']:.3f}, standard deviation {found['std']:.3f}: with gamma "
        f"= sigma and beta = mu the output is the input, to {found['restored']:.0e}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = figure.subplots()
    run = runs[0]
    axes.plot(run["inputs"], run["outputs"], ".", label="gamma = sigma, beta = mu")
    axes.plot(run["inputs"], run["plain"], ".", label="gamma = 1, beta = 0")
    axes.set(xlabel="input", ylabel="output")
    axes.legend(frameon=False)


CLAIM = Claim(
    title="What undoes batch normalisation",
    source="deck 2, erratum",
    claim="Batch norm with gamma = sigma, beta = mu gives zero mean, unit variance.",
    criterion="Mean and standard deviation of the output are 0 and 1, within 0.1.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=1,
)
