"""L1 makes weights zero, L2 makes them small.

The pull of L1 is as strong near zero as far from it, so that a weight that matters
little arrives at zero and stays there; the pull of L2 fades with the weight. A linear
classifier of digits, whose border pixels say nothing, with each penalty at several
strengths; L1 by soft thresholding after every step, which reaches zero exactly.
"""

from collections.abc import Sequence

from matplotlib.figure import Figure
from torch import nn

from trainwell.experiments import (
    Claim,
    Measured,
    Small,
    Verdict,
    above,
    accuracy_of,
    every,
    small_set,
    spread,
)
from trainwell.losses import cross_entropy
from trainwell.losses.penalties import l2, soft_threshold_
from trainwell.optim import SGD

WEIGHTS = (0.0, 0.001, 0.003, 0.01, 0.03)
CHOSEN = 3
RATE = 0.1


def trained(digits: Small, kind: str, strength: float, steps: int) -> nn.Linear:
    """Return a classifier after so many full batches."""
    model = nn.Linear(64, 10)
    optimizer = SGD(model.parameters(), lr=RATE)
    for _ in range(steps):
        loss = cross_entropy(model(digits.x), digits.y).mean()
        if kind == "l2":
            loss = loss + strength * l2([model.weight])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if kind == "l1":
            soft_threshold_([model.weight], RATE * strength)
    return model


def measure(seed: int, *, quick: bool) -> Measured:
    digits = small_set("digits", seed, num_train=800, num_test=300).flat()
    found: dict[str, list[float]] = {}
    for kind in ("l1", "l2"):
        zeros, sizes, right = [], [], []
        for strength in WEIGHTS:
            model = trained(digits, kind, strength, 200 if quick else 2000)
            weight = model.weight.detach()
            zeros.append((weight.abs() < 1e-6).float().mean().item())
            sizes.append(weight.square().mean().sqrt().item())
            right.append(accuracy_of(model, digits.x_test, digits.y_test))
        found |= {f"{kind} zeros": zeros, f"{kind} size": sizes, kind: right}
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    zeros = {k: [run[f"{k} zeros"][CHOSEN] for run in runs] for k in ("l1", "l2")}
    shrunk = [run["l2 size"][CHOSEN] / run["l2 size"][0] for run in runs]
    return Verdict(
        every(
            above(zeros["l1"], 0.3),
            above([0.15 - share for share in zeros["l2"]]),
            above([0.8 - share for share in shrunk]),
        ),
        f"With a weight of {WEIGHTS[CHOSEN]}: {spread(zeros['l1'], '.0%')} of the "
        f"weights are zero under L1, {spread(zeros['l2'], '.0%')} under L2, which "
        f"leaves them {spread(shrunk, '.2f')} times as large as without.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    left, right = figure.subplots(1, 2)
    x = range(len(WEIGHTS))
    for kind, color in (("l1", "C0"), ("l2", "C1")):
        for i, run in enumerate(runs):
            label = kind.upper() if i == 0 else None
            left.plot(x, run[f"{kind} zeros"], color=color, label=label, linewidth=1)
            right.plot(x, run[f"{kind} size"], color=color, linewidth=1)
    for axes, title in ((left, "weights that are zero"), (right, "size of weights")):
        axes.set_xticks(x, [f"{weight:g}" for weight in WEIGHTS])
        axes.set(xlabel="weight of the penalty", ylabel=title, ylim=(0, None))
    left.legend(frameon=False)


CLAIM = Claim(
    title="L1 and L2",
    source="decks 2, 3",
    claim="L1 gives weights that are zero, L2 weights that are small.",
    criterion="At a weight of 0.01 more than 30 % are zero under L1 and less than 15 % "
    "under L2, which shrinks them to less than 0.8.",
    measure=measure,
    judge=judge,
    draw=draw,
)
