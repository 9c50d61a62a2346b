"""A plain network of 56 layers has a higher training error than one of 20.

The deeper network could copy the shallow one and pass the rest through unchanged, so
its training error should be no higher. It is: not overfitting but optimization fails,
though both have batch norm. This is the finding that shortcuts were made for; see
`residual_depth`. He's networks on a part of CIFAR-10 in 16 pixels, each at the better
of two rates.
"""

from collections.abc import Sequence

from matplotlib.figure import Figure

from trainwell.experiments import (
    Claim,
    Measured,
    Verdict,
    above,
    accuracy_of,
    column,
    differences,
    draw_curves,
    fit_small,
    small_set,
    spread,
    thinned,
)
from trainwell.models import plain20, plain56
from trainwell.optim import Momentum
from trainwell.schedules import cosine

NETWORKS = {"plain-20": plain20, "plain-56": plain56}
RATES = (0.03, 0.1)


def measure(seed: int, *, quick: bool) -> Measured:
    if quick:
        images = small_set("digits", seed, num_train=300, num_test=10)
    else:
        images = small_set("cifar10", seed, num_train=1000, num_test=10, size=16)
    steps = 15 if quick else 300
    found: dict[str, object] = {}
    for name, build in NETWORKS.items():
        best = 2.0
        for rate in RATES[:1] if quick else RATES:
            model = build(images.num_classes, in_channels=images.x.shape[1])
            optimizer = Momentum(model.parameters(), lr=rate, weight_decay=1e-4)
            losses = fit_small(
                model,
                optimizer,
                images,
                steps=steps,
                batch_size=32,
                seed=seed,
                schedule=cosine(),
            )
            error = 1 - accuracy_of(model, images.x, images.y)
            if error < best:
                best = error
                found[name], found[f"{name} loss"] = error, thinned(losses, 50)
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    more = differences(runs, "plain-56", "plain-20")
    errors = [f"{name} {spread(column(runs, name), '.1%')}" for name in NETWORKS]
    return Verdict(
        above(more),
        f"Training error: {', '.join(errors)}; the deeper has {spread(more, '.1%')} "
        "more.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    draw_curves(
        figure,
        runs,
        {f"{name} loss": name for name in NETWORKS},
        xlabel="part of the training",
        ylabel="training loss",
    )


CLAIM = Claim(
    title="Depth without shortcuts",
    source="deck 0",
    claim="A plain network of 56 layers has a higher training error than one of 20.",
    criterion="It is higher after the same steps, each at its best rate.",
    measure=measure,
    judge=judge,
    draw=draw,
)
