"""Small random weights start a shallow network, and leave a deep one where it was.

The deeper the network, the more often the factor of one layer is taken: what is a small
fault in two layers is the end of learning in twenty. The deck: weights of standard
deviation 0.01 work for small networks, not for deep ones. Four starts and five depths
of the same ReLU network, trained for the same number of steps at the better of two
rates.
"""

from collections.abc import Callable, Sequence
from functools import partial
from math import log, sqrt

import numpy as np
from matplotlib.figure import Figure
from torch import Tensor

from trainwell.experiments import (
    Claim,
    Measured,
    Verdict,
    above,
    deep_mlp,
    draw_curves,
    every,
    fit_small,
    small_set,
    spread,
)
from trainwell.init import (
    init_weights_,
    kaiming_normal_,
    orthogonal_,
    small_normal_,
    xavier_normal_,
)
from trainwell.optim import Adam

Start = Callable[[Tensor], object]
STARTS: dict[str, Start] = {
    "N(0, 0.01)": small_normal_,
    "Xavier": xavier_normal_,
    "Kaiming": kaiming_normal_,
    "orthogonal": partial(orthogonal_, gain=sqrt(2)),
}
DEPTHS = (2, 5, 10, 20, 50)
DEEP = DEPTHS.index(20)
RATES = (0.0003, 0.003)
WIDTH = 128


def measure(seed: int, *, quick: bool) -> Measured:
    name, count, steps = ("digits", 500, 12) if quick else ("fashion-mnist", 2000, 200)
    images = small_set(name, seed, num_train=count, num_test=10).flat()
    found: dict[str, list[float]] = {}
    for label, start in STARTS.items():
        found[label] = []
        for depth in DEPTHS:
            ends = []
            for rate in RATES[1:] if quick else RATES:
                model = deep_mlp(images, width=WIDTH, depth=depth)
                init_weights_(model, start)
                optimizer = Adam(model.parameters(), lr=rate)
                losses = fit_small(model, optimizer, images, steps=steps, seed=seed)
                ends.append(float(np.mean(losses[-10:])) / log(images.num_classes))
            found[label].append(min(ends))
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    small, deep = ([run["N(0, 0.01)"][i] for run in runs] for i in (0, DEEP))
    kaiming = [run["Kaiming"][DEEP] for run in runs]
    return Verdict(
        every(
            above([0.5 - part for part in small]),
            above(deep, 0.9),
            above([0.5 - part for part in kaiming]),
        ),
        f"Loss over that of guessing: N(0, 0.01) {spread(small, '.2f')} at 2 layers, "
        f"{spread(deep, '.2f')} at {DEPTHS[DEEP]}, where Kaiming has "
        f"{spread(kaiming, '.2f')}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = draw_curves(
        figure,
        runs,
        tuple(STARTS),
        x=DEPTHS,
        xlabel="hidden layers",
        ylabel="loss over that of guessing",
    )
    axes.set(xscale="log", ylim=(0, None))
    axes.set_xticks(DEPTHS, [str(depth) for depth in DEPTHS])
    axes.minorticks_off()


CLAIM = Claim(
    title="The start, and the depth",
    source="deck 2",
    claim="Small random weights work for small networks, not for deep ones.",
    criterion="From N(0, 0.01) the loss falls below half of that of guessing with 2 "
    "layers, but not below 90 % with 20, where Kaiming's falls below half.",
    measure=measure,
    judge=judge,
    draw=draw,
)
