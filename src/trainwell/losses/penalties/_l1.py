"""L1 penalty: the sum of absolute weights.

    P = sum |w|

Use: to push weights to zero and so find out which inputs matter; follow each step by
`soft_threshold_` instead if the zeros must be exact.
Side effects: all weights shrink by the same amount, so large ones come out too small;
its gradient, the sign, makes weights jump about zero and never rest on it.
Source: Tibshirani, "Regression Shrinkage and Selection via the Lasso", 1996, eq. 1
"""

from collections.abc import Iterable

from jaxtyping import Float
from torch import Tensor

from trainwell.losses.penalties._types import total


def l1(weights: Iterable[Tensor]) -> Float[Tensor, ""]:
    """Return the sum of absolute values of all weights; multiply it by your lambda.

    Args:
        weights: Weights only, without biases and norms, as
            `trainwell.optim.decayed_weights` lists them.

    Raises:
        ValueError: If there are none.

    Example:
        >>> from trainwell.losses.penalties import l1
        >>> l1([torch.tensor([1.0, -2.0])])
        tensor(3.)
    """
    return total(weights, lambda w: w.abs().sum())
