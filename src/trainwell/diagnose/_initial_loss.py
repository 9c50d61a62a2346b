"""The loss before the first step, compared with that of an undecided network.

    loss = log K          without weight decay, for cross-entropy over K classes
    loss with decay       is above it, by the decay / 2 times the squared weights

A first loss below 0.75 log K is too low, above 1.25 log K the network starts
overconfident, above 2 log K it is too high, and above 4 log K a fail. The usual starts
stay within twice log K; a higher loss has to be unlearned first, and costs steps or the
run.

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

_TOLERANCE = 0.25  # of log K, to either side
_WARN, _FAIL = 2.0, 4.0  # times log K


@dataclass(frozen=True)
class InitialLoss:
    """The loss before the first step.

    Attributes:
        loss: Loss without weight decay or penalty.
        with_decay: Loss with it; None if it was not measured.
        expected: log K; None for a loss that has no such value.
        cause: `fine`, `sure of itself` (above log K, below twice that), `not finite`,
            `too high`, `too low` or `decay does nothing`.

    Example:
        >>> import math
        >>> InitialLoss.compare(2.4, 2.5, math.log(10)).cause
        'fine'
        >>> InitialLoss.compare(6.0, 6.1, math.log(10)).cause
        'too high'
    """

    loss: float
    with_decay: float | None
    expected: float | None
    cause: str

    @property
    def passed(self) -> bool:
        """Whether training may begin."""
        return self.cause in ("fine", "sure of itself")

    @classmethod
    def compare(
        cls, loss: float, with_decay: float | None, expected: float | None
    ) -> "InitialLoss":
        """Return the losses with the cause that follows from them."""
        return cls(loss, with_decay, expected, _cause(loss, with_decay, expected))


def _cause(loss: float, with_decay: float | None, expected: float | None) -> str:
    decayed = math.inf if with_decay is None else with_decay
    ratio = 1.0 if expected is None else loss / expected
    rules = (
        (not math.isfinite(loss), "not finite"),
        (with_decay is not None and not math.isfinite(with_decay), "not finite"),
        (ratio > _WARN, "too high"),
        (ratio < 1 - _TOLERANCE, "too low"),
        (decayed <= loss, "decay does nothing"),
        (ratio > 1 + _TOLERANCE, "sure of itself"),
    )
    return next((cause for found, cause in rules if found), "fine")


def initial_loss(
    model: nn.Module,
    images: Tensor,
    targets: Tensor,
    *,
    penalty: Callable[[], Tensor] | None = None,
) -> InitialLoss:
    """Measure the cross-entropy of an untrained network; change nothing.

    Args:
        model: Network that returns logits, shape (batch, classes).
        images: Batch as the network reads it.
        targets: Class indices, or distributions.
        penalty: Function that returns the cost of the weights, such as weight decay
            written as a loss.

    Example:
        >>> model = torch.nn.Linear(4, 10)
        >>> for p in model.parameters():
        ...     torch.nn.init.zeros_(p).shape
        torch.Size([10, 4])
        torch.Size([10])
        >>> found = initial_loss(model, torch.randn(8, 4), torch.arange(8))
        >>> round(found.loss, 4), found.cause  # log 10
        (2.3026, 'fine')
    """
    with untouched(model, images.device), torch.no_grad():
        outputs = model(images)
        loss = cross_entropy(outputs, targets).item()
        decayed = None if penalty is None else loss + penalty().item()
    return InitialLoss.compare(loss, decayed, math.log(outputs.shape[1]))


def check_first_loss(found: InitialLoss) -> Finding:
    """Check a first loss against log K, and against itself with the penalty."""
    expected = found.expected or math.nan
    decayed = found.loss if found.with_decay is None else found.with_decay
    numbers = {"loss": found.loss, "expected": expected, "with_penalty": decayed}
    what = f"The first loss is {found.loss:.3g}, expected log K = {expected:.3g}"
    ratio = found.loss / expected
    if not math.isfinite(found.loss) or ratio > _WARN:
        make = Finding.warn if ratio <= _FAIL else Finding.fail
        return make(
            "first loss too high",
            f"{what}: the network starts with confident wrong predictions.",
            numbers,
            "draw smaller weights (kaiming_normal), above all in the last layer; look "
            "at the scale of the inputs",
        )
    if decayed < found.loss:
        return Finding.fail(
            "penalty negative",
            f"Weight decay lowers the loss, from {found.loss:.3g} to {decayed:.3g}.",
            numbers,
            "look for a flipped sign in the penalty",
        )
    return Finding.passed("first loss", f"{what}.", numbers)
