"""Checks of the learning rate by the losses of the steps.

    learning rate too high: a tenth of the lines or more are spikes, or the mean of the
                   last quarter is over 1.3 times the lowest mean of a quarter before it
    learning rate too low: the loss falls all the time, in the last quarter over 0.6
                   times as fast as in the second, by 1 % of its beginning or more, and
                   ends above 0.6 of it
    bad start:     the first line is over 3 log K, and over twice the second

Lines are means over a few steps. Eight or more are needed.

Source: Karpathy, CS231n notes, "Loss function",
https://cs231n.github.io/neural-networks-3/#loss (shapes of the curve by rate); the
limits are ours.
"""

import math
from collections.abc import Sequence

import numpy as np

from trainwell.diagnose._finding import Finding
from trainwell.diagnose._loss_spikes import loss_spikes

_FEWEST = 8
_SPIKES = 0.1
_ROSE = 1.3
_LEAPT, _STAYED = 2.0, 0.8
_STRAIGHT, _HIGH, _FELL = 0.6, 0.6, 0.01
_FIRST, _SECOND = 3.0, 2.0
_LOWER = "a learning rate three to ten times lower, warmup, or gradients=clip_norm"


def check_loss_curve(
    losses: Sequence[float], num_classes: int | None
) -> Finding | None:
    """Return a fault of the learning rate or the start, or None.

    Args:
        losses: Losses of the steps in order, or their means over a few steps.
        num_classes: Number of classes, whose logarithm is the loss of chance; None
            where that is not known.
    """
    if len(losses) < _FEWEST:
        return None
    quarters = [float(np.mean(part)) for part in np.array_split(losses, 4)]
    spikes, last = len(loss_spikes(losses)), quarters[3]
    lowest = min(quarters[:3])
    numbers = {"first": losses[0], "last": last, "lowest": lowest, "spikes": spikes}
    if spikes >= _SPIKES * len(losses) or not last <= _ROSE * lowest:
        return Finding.fail(
            "learning rate too high",
            f"the loss of the steps is unstable ({spikes} jumps; {last:.3g} in the "
            f"last quarter, {lowest:.3g} in a quarter before)",
            numbers,
            _LOWER,
        )
    peak = max(losses[: len(losses) // 4])
    chance = math.log(num_classes) if num_classes else math.inf
    begun = min(losses[0], chance)
    if peak > _LEAPT * losses[0] and last > _STAYED * begun:
        return Finding.fail(
            "learning rate too high",
            f"the loss of the steps leapt from {losses[0]:.3g} to {peak:.3g} at the "
            f"beginning and ended at {last:.3g}",
            {**numbers, "peak": peak},
            _LOWER,
        )
    if losses[0] > max(_FIRST * chance, _SECOND * losses[1]):
        return Finding.warn(
            "bad start",
            f"the loss began at {losses[0]:.3g}, where log K is {chance:.3g}",
            numbers,
            "smaller first weights (init=kaiming_normal); see `trainwell check init`",
        )
    early, late = quarters[1] - quarters[2], quarters[2] - quarters[3]
    falling = quarters[0] > quarters[1] > quarters[2] > quarters[3]
    fell = falling and quarters[0] - last >= _FELL * losses[0]
    if fell and late > _STRAIGHT * early and last > _HIGH * losses[0]:
        return Finding.warn(
            "learning rate too low",
            f"the loss of the steps falls in a slow straight line, from "
            f"{losses[0]:.3g} to {last:.3g}",
            numbers,
            "a learning rate three to ten times higher",
        )
    return None
