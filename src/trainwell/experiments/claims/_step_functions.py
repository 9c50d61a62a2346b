"""Two steep sigmoids make a bump, and bumps make any function.

sigmoid(999 x - 400) is a step at x = 0.4: so close to zero before it and to one behind
it that only a hundredth of the axis lies between. The difference of two steps is a
bump, and a network of one hidden layer whose bumps have the heights of a function
follows it: with N bumps the error shrinks like 1 / N. That is the picture behind the
theorem of Cybenko; it says nothing of how to find the weights.
"""

from collections.abc import Sequence

import torch
from matplotlib.figure import Figure
from torch import Tensor, nn

from trainwell.experiments import Claim, Measured, Verdict, certain, every
from trainwell.layers.activations import Sigmoid

WEIGHT, BIAS = 999.0, -400.0
BUMPS = (5, 10, 20, 40, 80)
STEEPNESS = 40.0  # of each step, in steps per bump
SHOWN = 20


def function(x: Tensor) -> Tensor:
    return 0.3 + 0.4 * x**2 + 0.2 * torch.sin(15 * x) + 0.05 * torch.cos(50 * x)


def network(bumps: int) -> nn.Module:
    """Return one hidden layer whose outputs add up to the function."""
    edges = torch.linspace(0, 1, bumps + 1, dtype=torch.float64)
    heights = function((edges[:-1] + edges[1:]) / 2)
    hidden = nn.Linear(1, bumps, dtype=torch.float64)
    output = nn.Linear(bumps, 1, dtype=torch.float64)
    with torch.no_grad():
        hidden.weight.fill_(STEEPNESS * bumps)
        hidden.bias.copy_(-STEEPNESS * bumps * edges[:-1])
        output.weight.copy_(heights.diff(prepend=heights.new_zeros(1)))
        output.bias.zero_()
    return nn.Sequential(hidden, Sigmoid(), output)


def measure(seed: int, *, quick: bool) -> Measured:
    x = torch.linspace(0, 1, 2001, dtype=torch.float64)
    step = torch.sigmoid(WEIGHT * x + BIAS)
    ideal = (x > -BIAS / WEIGHT).double()
    far = (x + BIAS / WEIGHT).abs() > 0.01
    inner = x[100:-100, None]
    errors, drawn = [], []
    for bumps in BUMPS:
        with torch.no_grad():
            answer = network(bumps)(inner)[:, 0]
        errors.append((answer - function(inner[:, 0])).abs().mean().item())
        if bumps == SHOWN:
            drawn = answer[::6].tolist()
    return {
        "step": (step - ideal)[far].abs().max().item(),
        "errors": errors,
        "x": inner[::6, 0].tolist(),
        "network": drawn,
        "function": function(inner[::6, 0]).tolist(),
    }


def judge(runs: Sequence[Measured]) -> Verdict:
    step, errors = runs[0]["step"], runs[0]["errors"]
    shrinks = errors[0] / errors[-1]
    expected = BUMPS[-1] / BUMPS[0]
    return Verdict(
        every(certain(step < 1e-3), certain(shrinks > expected / 2)),
        f"0.01 away from 0.4 the sigmoid is within {step:.0e} of a step; the mean "
        f"error falls from {errors[0]:.3f} with {BUMPS[0]} hidden units to "
        f"{errors[-1]:.4f} with {BUMPS[-1]}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    left, right = figure.subplots(1, 2)
    left.plot(runs[0]["x"], runs[0]["function"], label="function", linewidth=1)
    left.plot(runs[0]["x"], runs[0]["network"], label=f"{SHOWN} hidden units")
    left.set(xlabel="x", ylabel="f(x)")
    left.legend(frameon=False)
    right.loglog(BUMPS, runs[0]["errors"], "o-")
    right.set(xlabel="hidden units", ylabel="mean error")
    right.set_xticks(BUMPS, [str(count) for count in BUMPS])
    right.minorticks_off()


CLAIM = Claim(
    title="Steps from sigmoids",
    source="deck 3",
    claim="One hidden layer of steep sigmoids approximates any continuous function.",
    criterion="Sigmoid(999 x - 400) is a step at 0.4 to 0.001, and 16 times the hidden "
    "units shrink the mean error at least 8 times.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=1,
)
