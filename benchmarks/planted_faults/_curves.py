"""Whole short trainings whose curves show a fault, and healthy ones whose do not.

CURVES: fault in words -> (kind of the verdict, epochs, the function of the loop).
"""

from dataclasses import replace

import torch

from benchmarks.planted_faults._faults import (
    leaked_test_images,
    rate_too_high,
    rate_too_high_for_adam,
    rate_too_low,
    start_too_large,
    zero_start,
)
from benchmarks.planted_faults._healthy import HEALTHY
from benchmarks.planted_faults._material import (
    loop,
    mlp,
    sgd,
    train_and_val,
)
from trainwell.diagnose import Loop, Verdict, check_curves, check_leak

EPOCHS = 24
_PER_LINE = 5
_CLASSES = 10


def few_images(count=40):
    (images, targets), val = train_and_val()
    return loop(train=(images[:count], targets[:count]), val=val)


def easy_validation():
    """A fifth of the training labels are wrong, those of validation are not."""
    (images, targets), val = train_and_val()
    wrong = targets.clone()
    wrong[::5] = (wrong[::5] + 3) % _CLASSES
    return loop(train=(images, wrong), val=val)


CURVES = {
    "rate far too high, SGD": ("learning rate too high", EPOCHS, rate_too_high),
    "rate far too high, Adam": (
        "learning rate too high",
        EPOCHS,
        rate_too_high_for_adam,
    ),
    "rate 30 times too high": (
        "learning rate too high",
        EPOCHS,
        lambda: loop(optimizer=lambda m: sgd(m, lr=1.5)),
    ),
    "rate far too low": ("chance", EPOCHS, rate_too_low),
    "rate 250 times too low": (
        "learning rate too low",
        EPOCHS,
        lambda: loop(optimizer=lambda m: sgd(m, lr=2e-4)),
    ),
    "weight decay of 0.1": (
        "underfitting",
        EPOCHS,
        lambda: loop(optimizer=lambda m: sgd(m, decay=0.1)),
    ),
    "a hidden layer of two units": (
        "underfitting",
        5 * EPOCHS,
        lambda: loop(mlp(2, 1)),
    ),
    "40 images, no augmentation": ("overfitting", EPOCHS, few_images),
    "stopped after 2 epochs": ("still rising", 2, loop),
    "training images in validation": ("leakage", EPOCHS, leaked_test_images),
    "validation easier than training": ("leakage", 8, easy_validation),
    "weights ten times too large": ("bad start", EPOCHS, start_too_large),
    "all weights zero": ("chance", EPOCHS, zero_start),
}
SOUND = {name: make for name, make in HEALTHY.items() if name.startswith("digits")}


def judged(training: Loop, epochs: int = EPOCHS) -> Verdict:
    """Train on copies, the rate falling to 0 as in a run, and judge the curves."""
    losses: list[float] = []

    def noted(outputs, targets):
        loss = training.loss_fn(outputs, targets)
        losses.append(loss.mean().item())
        return loss

    watched = replace(training, loss_fn=noted)
    model, optimizer = watched.copied()
    images, targets = (
        torch.cat(parts) for parts in zip(*training.batches, strict=True)
    )
    others, truth = (
        torch.cat(parts) for parts in zip(*training.validation, strict=True)
    )
    size, generator = len(training.batches[0][1]), torch.Generator().manual_seed(0)
    lines = []
    total = epochs * -(-len(images) // size)
    decay = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, total)
    torch.manual_seed(0)
    for _ in range(epochs):
        order = torch.randperm(len(images), generator=generator)
        for rows in order.split(size):
            watched.run(model, optimizer, (images[rows], targets[rows]))
            decay.step()
        line = {}
        for split, x, y in (("train", images, targets), ("val", others, truth)):
            outputs = training.predict(model, x)
            line[f"{split}_accuracy"] = (outputs.argmax(1) == y).float().mean().item()
            line[f"{split}_loss"] = training.loss_fn(outputs, y).mean().item()
        lines.append(line)
    means = [
        sum(part) / len(part)
        for part in (
            losses[i : i + _PER_LINE] for i in range(0, len(losses), _PER_LINE)
        )
    ]
    leaked = check_leak(images, others).numbers["share"]
    return check_curves(lines, _CLASSES, losses=means, leaked=leaked)
