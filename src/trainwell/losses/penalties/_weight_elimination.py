"""Weight elimination: a cost per weight that hardly depends on its size.

    P = sum (w / w0)^2 / (1 + (w / w0)^2)

Use: to remove small weights and leave large ones alone; counts weights well above w0 as
1 each and those well below as nearly 0.
Side effects: not convex: weights far above w0 feel nothing, so the initial weights
decide which survive; raise lambda during training.
Source: Weigend et al., "Generalization by Weight-Elimination with Application to
Forecasting", 1991, eq. 1
"""

from collections.abc import Iterable

from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.losses.penalties._types import total


def weight_elimination(
    weights: Iterable[Tensor], *, scale: float = 1.0
) -> Float[Tensor, ""]:
    """Return the weight-elimination penalty; multiply it by your lambda.

    Args:
        weights: Weights only, without biases and norms, as
            `trainwell.optim.decayed_weights` lists them.
        scale: w0, the size from which a weight counts as present.

    Raises:
        ValueError: If there are no weights or `scale` is not positive.

    Example:
        >>> from trainwell.losses.penalties import weight_elimination
        >>> weight_elimination([torch.tensor([0.01, 100.0])], scale=1.0)
        tensor(1.)
    """
    checks.positive("scale", scale)

    def present(w: Tensor) -> Tensor:
        squared = (w / scale).square()
        return (squared / (1 + squared)).sum()

    return total(weights, present)
