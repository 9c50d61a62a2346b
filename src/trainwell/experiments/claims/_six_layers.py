"""Six layers of 4096 units: the start decides whether anything reaches the last one.

Every layer multiplies the spread of its inputs by about sqrt(inputs x variance of its
weights), so six layers multiply by the sixth power. Weights of standard deviation 0.01
make tanh answers fade to zero; Xavier's 1 / sqrt(inputs) keeps them; under ReLU, which
sets half of them to zero, Xavier's fade again; Kaiming's factor of sqrt(2) makes up for
that. The deck's own experiment: 4096 units, a batch of 16 random inputs.
"""

from collections.abc import Callable, Sequence
from functools import partial

import torch
from matplotlib.figure import Figure
from torch import Tensor, nn

from trainwell.diagnose import six_layers
from trainwell.experiments import (
    Claim,
    Measured,
    Verdict,
    above,
    draw_curves,
    every,
    spread,
)
from trainwell.init import (
    init_weights_,
    kaiming_normal_,
    small_normal_,
    xavier_normal_,
)

Start = Callable[[Tensor], Tensor]
STARTS: dict[str, tuple[str, Start]] = {
    "tanh, 0.01": ("tanh", small_normal_),
    "tanh, Xavier": ("tanh", partial(xavier_normal_, of="in")),
    "ReLU, Xavier": ("relu", partial(xavier_normal_, of="in")),
    "ReLU, Kaiming": ("relu", kaiming_normal_),
}
FADE = ("tanh, 0.01", "ReLU, Xavier")
SIDE, BATCH = 64, 16  # 64 x 64 grey pixels are 4096 inputs
QUARTER = 0.25


@torch.no_grad()
def spreads(model: nn.Module, x: Tensor) -> list[float]:
    """Return the standard deviation of the answers of each hidden layer."""
    found = []
    for layer in list(model.children())[:-1]:
        x = layer(x)
        if not isinstance(layer, nn.Linear | nn.Flatten):
            found.append(x.std().item())
    return found


def measure(seed: int, *, quick: bool) -> Measured:
    side = 16 if quick else SIDE
    x = torch.randn(BATCH, 1, side, side)
    found = {}
    for name, (activation, start) in STARTS.items():
        model = six_layers(image_size=side, width=side**2, activation=activation)
        init_weights_(model, start)
        found[name] = spreads(model, x)
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    left = {name: [run[name][-1] / run[name][0] for run in runs] for name in STARTS}
    words = [
        above([QUARTER - part if name in FADE else part - QUARTER for part in parts])
        for name, parts in left.items()
    ]
    shares = [f"{name} {spread(parts, '.1%')}" for name, parts in left.items()]
    return Verdict(
        every(*words),
        f"Spread of the sixth layer's answers over the first's: {', '.join(shares)}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    draw_curves(
        figure,
        runs,
        tuple(STARTS),
        x=range(1, 7),
        xlabel="layer",
        ylabel="standard deviation of the answers",
        log=True,
    )


CLAIM = Claim(
    title="Six layers, four starts",
    source="deck 2",
    claim="Answers fade from N(0, 0.01) with tanh and from Xavier with ReLU; Xavier "
    "with tanh and Kaiming with ReLU keep their scale.",
    criterion="Less than a quarter of the first layer's spread is left in the sixth "
    "for the two that fade, more for the two that keep it.",
    measure=measure,
    judge=judge,
    draw=draw,
)
