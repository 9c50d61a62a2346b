"""Class weights by inverse frequency, with mean 1 over the samples.

    w_k = n / (K n_k)

where n is the number of samples, n_k those of class k, and K the number of classes
that have samples. So sum_k n_k w_k / n = 1: the size of the loss, and with it the
right learning rate, stays what it was without weights.

Use: when the classes differ in size by more than about three times and all matter.
Side effects: predicted probabilities are those of equally common classes; samples of
very rare classes make the gradient noisy.
Source: King & Zeng, "Logistic Regression in Rare Events Data", 2001, section 4 (as
`class_weight="balanced"` of scikit-learn).
"""

import torch
from jaxtyping import Float
from torch import Tensor


def balanced_weights(counts: Tensor) -> Float[Tensor, " classes"]:
    """Return one float32 weight per class from the number of samples of each.

    A class without samples gets weight 0, not infinity. As a target it never occurs
    in training; of the mass that label smoothing puts on every class, its part is
    then left out, so nothing pushes the network towards a class it has never seen.

    Args:
        counts: Samples per class in the training split, shape (classes,).

    Raises:
        ValueError: If a count is negative or all are zero.

    Example:
        >>> from trainwell.losses import balanced_weights
        >>> balanced_weights(torch.tensor([80, 20]))
        tensor([0.6250, 2.5000])
    """
    counts = counts.double()
    if counts.min() < 0 or counts.sum() == 0:
        raise ValueError(
            "`counts` must not be negative, and at least one must be positive, got "
            f"{counts.tolist()}."
        )
    present = counts > 0
    weights = counts.sum() / (present.sum() * counts)
    return torch.where(present, weights, 0.0).float()
