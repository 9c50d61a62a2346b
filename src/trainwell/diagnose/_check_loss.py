"""Checks that a loss rewards correct predictions, and that outputs are logits.

    sign:    confident correct logits must cost less than confident wrong ones
    double:  outputs that are probabilities (rows of sum 1 in [0, 1]) under a loss that
             adding a constant to all logits leaves as it is, which softmax does
    missing: logits under a loss of logarithms of probabilities, which falls by just
             what is added to them

Source: definition; "softmax twice" is Karpathy's, "A Recipe for Training Neural
Networks", 2019, https://karpathy.github.io/2019/04/25/recipe/.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from trainwell.diagnose._finding import Finding
from trainwell.diagnose._loop import LossFunction

_SURE, _ADDED = 4.0, 3.0
_TOLERANCE = 1e-3


def check_loss(
    loss_fn: LossFunction, num_classes: int, *, device: torch.device | str = "cpu"
) -> Finding:
    """Check a loss on constructed logits.

    Args:
        loss_fn: (outputs, targets) -> a mean, or one value per sample.
        num_classes: Number of outputs of the network.
        device: Device on which the loss computes.
    """
    targets = torch.arange(num_classes, device=device).repeat(2)
    right = _SURE * F.one_hot(targets, num_classes).float()
    wrong = right.roll(1, dims=1)
    good, bad = (loss_fn(x, targets).mean().item() for x in (right, wrong))
    numbers = {"right": good, "wrong": bad}
    words = f"{good:.3g} for correct predictions, {bad:.3g} for wrong ones"
    if good >= bad:
        return Finding.fail(
            "loss rewards mistakes",
            f"The loss does not fall when predictions become correct: {words}.",
            numbers,
            "look for a flipped sign in the loss",
        )
    return Finding.passed("loss", f"The loss is {words}.", numbers)


def check_outputs(loss_fn: LossFunction, outputs: Tensor, targets: Tensor) -> Finding:
    """Check that outputs are what the loss expects.

    Args:
        outputs: Outputs of the network, shape (batch, classes).
        targets: Targets of the same images.
        loss_fn: (outputs, targets) -> a mean, or one value per sample.
    """
    x = outputs.detach().float()
    sums = x.sum(1)
    probable = bool(
        (x >= 0).all() and (x <= 1).all() and ((sums - 1).abs() < _TOLERANCE).all()
    )
    log_probable = bool(((x.exp().sum(1) - 1).abs() < _TOLERANCE).all())
    x = x / x.abs().max().clamp_min(1)  # so that what is added is seen
    base = loss_fn(x, targets).mean()
    shift = (loss_fn(x + _ADDED, targets).mean() - base).item()
    tolerance = _TOLERANCE * max(1.0, abs(base.item()))
    invariant = abs(shift) <= tolerance
    numbers = {"sum": sums.mean().item(), "shift": shift}
    if probable and invariant:
        return Finding.fail(
            "softmax twice",
            "Outputs are probabilities already (rows sum to 1), and the loss takes "
            "their softmax again: gradients are tiny, and the network cannot become "
            "confident.",
            numbers,
            "return logits from the network; apply softmax only to show probabilities",
        )
    if abs(shift + _ADDED) <= tolerance and not log_probable:
        return Finding.fail(
            "softmax missing",
            f"The loss ({base.item():.3g}) falls without end as outputs grow: it "
            "expects logarithms of probabilities, and the outputs are not.",
            numbers,
            "use a loss of logits (cross_entropy), not nll_loss",
        )
    return Finding.passed("outputs", "Outputs are what the loss expects.", numbers)
