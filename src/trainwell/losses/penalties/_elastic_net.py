"""Elastic net: L1 and L2 penalties together.

    P = sum (beta w^2 + |w|)

Use: for sparse weights when inputs are correlated, of which L1 alone keeps an arbitrary
one.
Side effects: those of L1, and large weights shrink more.
Source: Zou & Hastie, "Regularization and Variable Selection via the Elastic Net", 2005,
eq. 3, divided by its lambda_1; in this form the lectures.
"""

from collections.abc import Iterable

from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.losses.penalties._types import total


def elastic_net(
    weights: Iterable[Tensor], *, l2_share: float = 1.0
) -> Float[Tensor, ""]:
    """Return the elastic net of all weights; multiply it by your lambda.

    Args:
        weights: Weights only, without biases and norms, as
            `trainwell.optim.decayed_weights` lists them.
        l2_share: beta, the L2 penalty per L1 penalty; 0 is L1.

    Raises:
        ValueError: If there are no weights or `l2_share` is negative.

    Example:
        >>> from trainwell.losses.penalties import elastic_net
        >>> elastic_net([torch.tensor([1.0, -2.0])], l2_share=0.5)
        tensor(5.5000)
    """
    checks.between("l2_share", l2_share, 0, float("inf"))
    return total(weights, lambda w: (l2_share * w.square() + w.abs()).sum())
