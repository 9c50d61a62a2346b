"""More data from scratch beats fine-tuning on little.

Pretrained weights stand for images that one does not have; images that one does have
are better. Fine-tuning on 40 images per class against random weights on four times as
many, in the same number of steps.
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
    differences,
    draw_points,
    few,
    spread,
    train_network,
    two_tasks,
)

FEW, MANY, STEPS, FIRST_STEPS = 40, 160, 400, 1200
NAMES = {
    "scratch few": f"random weights, {FEW} images per class",
    "tuned few": f"fine-tuned, {FEW} images per class",
    "scratch many": f"random weights, {MANY} images per class",
}


def measure(seed: int, *, quick: bool) -> Measured:
    tasks = two_tasks(seed, quick=quick)
    first, steps = (20, 10) if quick else (FIRST_STEPS, STEPS)
    start = train_network(tasks.known, steps=first, seed=seed)
    little, much = few(tasks.new, FEW), few(tasks.new, MANY)
    networks = {
        "scratch few": train_network(little, steps=steps, seed=seed),
        "tuned few": train_network(little, steps=steps, seed=seed, start=start),
        "scratch many": train_network(much, steps=steps, seed=seed),
    }
    return {name: accuracy_on_test(net, little) for name, net in networks.items()}


def judge(runs: Sequence[Measured]) -> Verdict:
    accuracies = [f"{v} {spread(column(runs, k), '.3f')}" for k, v in NAMES.items()]
    return Verdict(
        above(differences(runs, "scratch many", "tuned few")),
        f"Test accuracy: {'; '.join(accuracies)}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    draw_points(figure, runs, NAMES, xlabel="test accuracy")


CLAIM = Claim(
    title="More data against fine-tuning",
    source="deck 4",
    claim="Collecting more data from scratch is worth more than fine-tuning on little.",
    criterion="Random weights on four times the images beat fine-tuning on the few.",
    measure=measure,
    judge=judge,
    draw=draw,
)
