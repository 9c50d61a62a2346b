"""The fewer images, the more pretrained weights help.

A small residual network learns five classes of CIFAR-10; then five others, from these
weights or from random ones, with 5 to 500 images of each class and the same number of
steps. Related images, a small network: what ImageNet does for photographs is larger.
"""

from collections.abc import Sequence

from matplotlib.figure import Figure

from trainwell.experiments import (
    Claim,
    Measured,
    Verdict,
    above,
    accuracy_on_test,
    draw_curves,
    every,
    few,
    spread,
    train_network,
    two_tasks,
)

PER_CLASS = (5, 20, 80, 320)
STEPS, FIRST_STEPS = 300, 1200


def measure(seed: int, *, quick: bool) -> Measured:
    tasks = two_tasks(seed, quick=quick)
    first, steps = (20, 10) if quick else (FIRST_STEPS, STEPS)
    start = train_network(tasks.known, steps=first, seed=seed)
    found: dict[str, list[float]] = {"pretrained": [], "random": []}
    for count in PER_CLASS:
        images = few(tasks.new, count)
        for name, weights in (("pretrained", start), ("random", None)):
            model = train_network(images, steps=steps, seed=seed, start=weights)
            found[name].append(accuracy_on_test(model, images))
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    gains = [
        [a - b for a, b in zip(run["pretrained"], run["random"], strict=True)]
        for run in runs
    ]
    least = [gain[0] for gain in gains]
    shrinks = [gain[0] - gain[-1] for gain in gains]
    most = spread([gain[-1] for gain in gains], ".3f")
    return Verdict(
        every(above(least), above(shrinks)),
        f"Pretrained weights gain {spread(least, '.3f')} with {PER_CLASS[0]} images of "
        f"each class, {most} with {PER_CLASS[-1]}.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = draw_curves(
        figure,
        runs,
        {"pretrained": "pretrained weights", "random": "random weights"},
        x=PER_CLASS,
        xlabel="images per class",
        ylabel="test accuracy",
    )
    axes.set_xscale("log")
    axes.set_xticks(PER_CLASS, [str(count) for count in PER_CLASS])
    axes.minorticks_off()


CLAIM = Claim(
    title="Transfer by the number of images",
    source="decks 2, 4",
    claim="The fewer images there are, the more pretrained weights help.",
    criterion="They gain with 5 images per class, and more so than with 320.",
    measure=measure,
    judge=judge,
    draw=draw,
)
