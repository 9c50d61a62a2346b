"""With tiny batches batch norm trains one network and tests another.

Batch norm divides by statistics of the batch in training and by running averages in
tests. With two or four images a batch the first are noise, and the two differ. Group,
layer and instance norm look at one image only, so nothing changes between training and
test; batch renorm corrects towards the running averages while training. Five norms,
batches of 2, 4 and 32, the same images seen, the rate in proportion to the batch.
"""

from collections.abc import Sequence

import torch
from matplotlib.figure import Figure
from torch import nn

from trainwell.experiments import (
    Claim,
    Measured,
    Small,
    Verdict,
    above,
    accuracy_of,
    draw_curves,
    every,
    fit_small,
    loss_of,
    small_cnn,
    small_set,
    spread,
)
from trainwell.layers.norm import BatchNorm2d, swap_norm
from trainwell.losses import cross_entropy
from trainwell.optim import Momentum
from trainwell.schedules import cosine, scale_rate

NORMS = ("batch_norm", "batch_renorm", "group_norm", "layer_norm", "instance_norm")
SIZES = (2, 4, 32)
RATE = 0.02  # of batches of 32


def network(images: Small, norm: str, steps: int) -> nn.Module:
    model = small_cnn(images, norm=BatchNorm2d)
    if norm == "batch_renorm":  # its limits open during the first half
        part = steps // 4
        swap_norm(model, norm, warmup_steps=part, r_steps=part, d_steps=part)
    elif norm != "batch_norm":
        swap_norm(model, norm)
    return model


@torch.no_grad()
def gap(model: nn.Module, images: Small, size: int) -> float:
    """Return the loss in test mode minus that in training mode, of the same images."""
    tested = loss_of(model, images.x[:512], images.y[:512])
    model.train()
    parts = zip(images.x[:512].split(size), images.y[:512].split(size), strict=True)
    losses = torch.stack([cross_entropy(model(x), y).mean() for x, y in parts])
    return tested - losses.mean().item()


def measure(seed: int, *, quick: bool) -> Measured:
    if quick:
        images = small_set("digits", seed, num_train=128, num_test=300)
    else:
        images = small_set("cifar10", seed, num_train=1536, num_test=2000, size=16)
    found: dict[str, list[float]] = {}
    for norm in NORMS:
        found[norm], found[f"{norm} gap"] = [], []
        for size in SIZES:
            steps = len(images.y) * (1 if quick else 4) // size
            model = network(images, norm, steps)
            rate = scale_rate(RATE, batch_size=size, base_batch_size=32)
            optimizer = Momentum(model.parameters(), lr=rate)
            fit_small(
                model,
                optimizer,
                images,
                steps=steps,
                batch_size=size,
                seed=seed,
                schedule=cosine(),
            )
            found[norm].append(accuracy_of(model, images.x_test, images.y_test))
            found[f"{norm} gap"].append(gap(model, images, size))
    return found


def judge(runs: Sequence[Measured]) -> Verdict:
    lost = {norm: [run[norm][-1] - run[norm][0] for run in runs] for norm in NORMS}
    pairs = zip(lost["batch_norm"], lost["group_norm"], strict=True)
    tiny, large = ([run["batch_norm gap"][i] for run in runs] for i in (0, -1))
    parts = [f"{norm} {spread(losses, '.1%')}" for norm, losses in lost.items()]
    return Verdict(
        every(
            above([a - b for a, b in zip(tiny, large, strict=True)]),
            above([a - b for a, b in pairs]),
        ),
        f"Accuracy lost from batches of 32 to 2: {', '.join(parts)}; batch norm's loss "
        f"in test mode exceeds that in training by {spread(tiny, '.2f')} at 2, "
        f"{spread(large, '.2f')} at 32.",
    )


def draw(figure: Figure, runs: Sequence[Measured]) -> None:
    axes = draw_curves(
        figure, runs, NORMS, x=SIZES, xlabel="images in a batch", ylabel="test accuracy"
    )
    axes.set_xscale("log")
    axes.set_xticks(SIZES, [str(size) for size in SIZES])
    axes.minorticks_off()


CLAIM = Claim(
    title="Norms and tiny batches",
    source="decks 2, 4",
    claim="Batch norm suffers from tiny batches, which other norms do not see.",
    criterion="From batches of 32 to 2 it loses more accuracy than group norm, and the "
    "gap between its losses in test and training mode grows.",
    measure=measure,
    judge=judge,
    draw=draw,
)
