"""From random weights the same is reached in two to three times the time.

He et al. found this for detection on COCO, where there are many images: pretraining
speeds training up, and longer training makes up for it. Here 320 images of each of
five classes; from pretrained weights one length of training, from random ones one, two
and three times as long.
"""

from collections.abc import Sequence

from matplotlib.figure import Figure

from trainwell.experiments import (
    Claim,
    Measured,
    Verdict,
    above,
    accuracy_on_test,
    column,
    draw_points,
    few,
    spread,
    train_network,
    two_tasks,
)

PER_CLASS, STEPS, FIRST_STEPS = 320, 200, 1200
LONGER = (1, 2, 3)
NEAR = 0.01


def measure(seed: int, *, quick: bool) -> Measured:
    tasks = two_tasks(seed, quick=quick)
    first, steps = (20, 10) if quick else (FIRST_STEPS, STEPS)
    start = train_network(tasks.known, steps=first, seed=seed)
    images = few(tasks.new, PER_CLASS)
    tuned = train_network(images, steps=steps, seed=seed, start=start)
    found = {"pretrained": accuracy_on_test(tuned, images)}
    for times in LONGER:
        model = train_network(images, steps=times * steps, seed=seed)
        found[f"random x{times}"] = accuracy_on_test(model, images)
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    names = ["pretrained", *(f"random x{times}" for times in LONGER)]
    gap = [run["random x3"] - run["pretrained"] + NEAR for run in runs]
    accuracies = ", ".join(f"{n} {spread(column(runs, n), '.3f')}" for n in names)
    return Verdict(above(gap), f"Test accuracy: {accuracies}.")


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    names = {"pretrained": "pretrained, once the time"} | {
        f"random x{times}": f"random, {times} times the time" for times in LONGER
    }
    draw_points(figure, runs, names, xlabel="test accuracy")


CLAIM = Claim(
    title="Whether scratch catches up",
    source="deck 4",
    claim="From random weights the same accuracy comes in 2 to 3 times the time.",
    criterion="After three times the steps it is at most 0.01 below pretraining.",
    measure=measure,
    judge=judge,
    draw=draw,
)
