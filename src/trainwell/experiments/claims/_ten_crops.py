"""The mean over ten crops is better than one look at the image.

Four corners and the centre, each also mirrored: ten views whose errors differ, as those
of an ensemble do, at ten times the price of an answer. One network, trained on flips
and crops, judged on the same test images in three ways.
"""

from collections.abc import Sequence

from matplotlib.figure import Figure

from trainwell.experiments import (
    Claim,
    Measured,
    Verdict,
    above,
    column,
    differences,
    draw_points,
    spread,
    train_briefly,
)

VIEWS = {"none": "one view", "flip": "two, mirrored", "ten_crop": "ten crops"}
KEYS = ("model=airbench", "augment.crop=pad_crop", "augment.flip=true")


def measure(seed: int, *, quick: bool) -> Measured:
    source, count, epochs = ("digits", 300, 2) if quick else ("cifar10", 2000, 30)
    keys = (*KEYS, f"train.epochs={epochs}")
    found = train_briefly(source, count, *keys, seed=seed, views=list(VIEWS))
    return {view: found[view] for view in VIEWS}


def judge(runs: Sequence[Measured]) -> Verdict:
    accuracies = [f"{v} {spread(column(runs, k), '.3f')}" for k, v in VIEWS.items()]
    return Verdict(
        above(differences(runs, "ten_crop", "none")),
        f"Test accuracy: {', '.join(accuracies)}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    draw_points(figure, runs, VIEWS, xlabel="test accuracy")


CLAIM = Claim(
    title="Ten crops",
    source="deck 4",
    claim="Averaging ten crops at test time gives a better answer.",
    criterion="Ten crops have a higher test accuracy than one view.",
    measure=measure,
    judge=judge,
    draw=draw,
    seeds=5,
)
