"""Soft threshold: the proximal step of the L1 penalty.

    w <- sign(w) max(0, |w| - amount)

It minimises |u - w|^2 / 2 + amount |u| over u exactly.

Use: after every optimizer step, with amount = rate * lambda, in place of an L1 term in
the loss, when weights must become exactly zero.
Side effects: weights that are zero stay so until a gradient exceeds lambda; under
adaptive optimizers the penalty is the same for all weights, not scaled like gradients.
Source: Daubechies, Defrise & De Mol, "An iterative thresholding algorithm", 2004, eq.
2.5, https://arxiv.org/abs/math/0307152; the values are those of torch's `softshrink`.
"""

from collections.abc import Iterable

import torch
import torch.nn.functional as F
from torch import Tensor

from trainwell.core import checks


@torch.no_grad()
def soft_threshold_(weights: Iterable[Tensor], amount: float) -> None:
    """Move every weight towards zero by `amount`, in place, and not past it.

    Args:
        weights: Weights only, without biases and norms, as
            `trainwell.optim.decayed_weights` lists them.
        amount: The learning rate times lambda.

    Raises:
        ValueError: If `amount` is negative.

    Example:
        >>> from trainwell.losses.penalties import soft_threshold_
        >>> weight = torch.tensor([1.0, -0.3])
        >>> soft_threshold_([weight], 0.5)
        >>> weight
        tensor([0.5000, -0.0000])
    """
    checks.between("amount", amount, 0, float("inf"))
    for w in weights:
        w.copy_(F.softshrink(w, amount))
