"""The loss before the first step, against what an undecided network has.

    expected: log K;    over 2 log K warns, over 4 log K fails

The usual starts stay within twice that; a loss far above is unlearned first, and costs
steps or the run. With weight decay the loss can only be more.

Source: Karpathy, CS231n notes, "Babysitting the learning process: sanity checks",
https://cs231n.github.io/neural-networks-3/; the limits are ours.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from trainwell.diagnose._finding import Finding
from trainwell.diagnose._untouched import untouched
from trainwell.losses import cross_entropy

_WARN, _FAIL = 2.0, 4.0


@dataclass(frozen=True)
class InitialLoss:
    """The loss before the first step.

    Attributes:
        loss: Cross-entropy of the images; natural logarithm.
        expected: log K.
        with_penalty: With what the weights cost, which can only be more.
    """

    loss: float
    expected: float
    with_penalty: float


def initial_loss(
    model: nn.Module,
    images: Tensor,
    targets: Tensor,
    *,
    penalty: Callable[[], Tensor] | None = None,
) -> InitialLoss:
    """Measure the loss of a network that has learned nothing; change nothing.

    Args:
        model: Returns logits, shape (batch, classes).
        images: As the network reads them.
        targets: Class indices, or distributions.
        penalty: What the weights cost, such as decay written as a loss.
    """
    with untouched(model, images.device), torch.no_grad():
        outputs = model(images)
        loss = cross_entropy(outputs, targets).item()
        extra = penalty().item() if penalty is not None else 0.0
    return InitialLoss(loss, math.log(outputs.shape[1]), loss + extra)


def judge_initial_loss(found: InitialLoss) -> Finding:
    """Judge a first loss against log K, and against itself with the penalty."""
    numbers = {
        "loss": found.loss,
        "expected": found.expected,
        "with_penalty": found.with_penalty,
    }
    words = f"{found.loss:.3g}, expected log K = {found.expected:.3g}"
    ratio = found.loss / found.expected
    if not math.isfinite(found.loss) or ratio > _WARN:
        return Finding(
            "first loss too high",
            "warn" if ratio <= _FAIL else "fail",
            f"The first loss is {words}: the network starts sure of wrong answers.",
            numbers,
            "draw smaller weights (kaiming_normal), above all in the last layer; look "
            "at the scale of the inputs",
        )
    if found.with_penalty < found.loss:
        return Finding(
            "penalty negative",
            "fail",
            f"Weight decay lowers the loss, from {found.loss:.3g} to "
            f"{found.with_penalty:.3g}.",
            numbers,
            "look for a flipped sign in the penalty",
        )
    return Finding("first loss", "pass", f"The first loss is {words}.", numbers)
