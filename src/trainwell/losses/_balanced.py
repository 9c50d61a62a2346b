"""Class weights by inverse frequency, with mean 1 over the samples.

    w_k = c n_k^-p,   c such that sum_k n_k w_k / n = 1

where n is the number of samples, n_k those of class k, and p the power: 1 balances the
classes (w_k = n / (K n_k) for K classes), 1/2 goes half the way. The mean is 1: the
size of the loss, and with it the right learning rate, stays what it was.

Use: when the classes differ in size by more than about three times and all matter.
Side effects: predicted probabilities are those of equally common classes (with p = 1),
which costs accuracy where the classes to predict are as unequal; samples of very rare
classes make the gradient noisy.
Source: King & Zeng, "Logistic Regression in Rare Events Data", 2001, section 4 (as
`class_weight="balanced"` of scikit-learn); the square root: Mahajan et al., "Exploring
the Limits of Weakly Supervised Pretraining", 2018, section 2.2.
"""

import torch
from jaxtyping import Float
from torch import Tensor


def balanced_weights(counts: Tensor, power: float = 1.0) -> Float[Tensor, " classes"]:
    """Return one float32 weight per class from the number of samples of each.

    A class without samples gets weight 0, not infinity.

    Args:
        counts: Samples per class in the training split, shape (classes,).
        power: Of the inverse frequency: 1 balances, 0.5 is its square root, 0 does
            nothing.

    Raises:
        ValueError: If a count is negative or all are zero.

    Example:
        >>> from trainwell.losses import balanced_weights
        >>> balanced_weights(torch.tensor([80, 20]))
        tensor([0.6250, 2.5000])
        >>> balanced_weights(torch.tensor([80, 20]), power=0.5)
        tensor([0.8333, 1.6667])
    """
    counts = counts.double()
    if counts.min() < 0 or counts.sum() == 0:
        raise ValueError(
            "`counts` must not be negative, and at least one must be positive, got "
            f"{counts.tolist()}."
        )
    present = counts > 0
    weights = torch.where(present, counts**-power, 0.0)
    return (weights * counts.sum() / (weights * counts).sum()).float()
