"""L2 penalty: the sum of squared weights.

    P = sum w^2

Use: against overfitting, where the loss itself should show the penalty; else give the
optimizer a weight decay, which costs nothing.
Side effects: the gradient is 2 w, so a multiplier lambda is a weight decay of
2 lambda; under Adam it is not the same as a decoupled decay.
Source: Hoerl & Kennard, "Ridge Regression", 1970, eq. 2.1; Krogh & Hertz, "A Simple
Weight Decay Can Improve Generalization", 1991
"""

from collections.abc import Iterable

from jaxtyping import Float
from torch import Tensor

from trainwell.losses.penalties._types import total


def l2(weights: Iterable[Tensor]) -> Float[Tensor, ""]:
    """Return the sum of squares of all weights; multiply it by your lambda.

    Args:
        weights: Weights only, without biases and norms, as
            `trainwell.optim.decayed_weights` lists them.

    Raises:
        ValueError: If there are none.

    Example:
        >>> from trainwell.losses.penalties import l2
        >>> l2([torch.tensor([1.0, -2.0])])
        tensor(5.)
    """
    return total(weights, lambda w: w.square().sum())
