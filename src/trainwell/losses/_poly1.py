"""Poly-1: cross-entropy with a larger first term of its expansion.

    L = -log p_y + epsilon (1 - p_y),   p = softmax(z)

The expansion of -log p_y in powers of (1 - p_y) starts with (1 - p_y); epsilon adds to
its coefficient. A distribution as target gives sum_y q_y L_y.

Use: in place of cross-entropy when one more constant may be tuned; 1 or 2 is usual for
balanced classes, and a value between -1 and 0 for very uneven ones.
Side effects: the gradient of uncertain samples grows by the factor 1 + epsilon p_y.
Source: Leng et al., "PolyLoss", 2022, eq. 6, https://arxiv.org/abs/2204.12511
"""

import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.core.tensors import at_least_float32, class_distributions
from trainwell.losses._module import LossModule
from trainwell.losses._types import ClassTargets, LossValue, Reduction, reduced


def poly1_loss(
    outputs: Float[Tensor, "batch classes"],
    targets: ClassTargets,
    *,
    epsilon: float = 1.0,
    reduction: Reduction = "mean",
) -> LossValue:
    """Return the Poly-1 cross-entropy.

    Args:
        outputs: Logits; any floating dtype, computed in float32 or higher.
        targets: Class indices, or one distribution over the classes per sample.
        epsilon: Added to the coefficient of the first term, -1 or more; 0 is
            cross-entropy.
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.

    Raises:
        ValueError: If `epsilon` is less than -1.

    Example:
        >>> from trainwell.losses import poly1_loss
        >>> poly1_loss(torch.tensor([[0.0, 0.0]]), torch.tensor([0]), epsilon=1.0)
        tensor(1.1931)
    """
    checks.between("epsilon", epsilon, -1, float("inf"))
    log_p = F.log_softmax(at_least_float32(outputs), dim=1)
    values = epsilon * (1 - log_p.exp()) - log_p
    return reduced(
        (class_distributions(targets, log_p.shape[1], log_p.dtype) * values).sum(1),
        reduction,
    )


class Poly1Loss(LossModule):
    """Module form of `poly1_loss`, with the same arguments.

    Example:
        >>> from trainwell.losses import Poly1Loss
        >>> Poly1Loss(epsilon=1.0)(torch.tensor([[0.0, 0.0]]), torch.tensor([0]))
        tensor(1.1931)
    """

    function = staticmethod(poly1_loss)
