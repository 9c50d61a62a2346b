"""Kullback-Leibler divergence of the prediction from a target distribution.

    L = sum_k q_k (log q_k - log softmax(z)_k),   0 log 0 = 0

It is the cross-entropy less the entropy of the target, so it is 0 at best.

Use: when targets are distributions (ages, votes, a teacher's outputs) and the loss
should say how far the prediction still is.
Side effects: none; the gradient is that of cross-entropy.
Source: Kullback & Leibler, "On Information and Sufficiency", 1951, eq. 2.4. The sum is
torch's `kl_div`.
"""

import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor

from trainwell.core.tensors import at_least_float32, class_distributions
from trainwell.losses._module import LossModule
from trainwell.losses._types import ClassTargets, LossValue, Reduction, reduced


def kl_div_with_logits(
    outputs: Float[Tensor, "batch classes"],
    targets: ClassTargets,
    *,
    reduction: Reduction = "mean",
) -> LossValue:
    """Return the divergence KL(target || softmax(outputs)).

    Args:
        outputs: Logits; any floating dtype, computed in float32 or higher.
        targets: One distribution over the classes per sample; mass may be zero. A
            class index stands for all mass on that class.
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.

    Example:
        >>> from trainwell.losses import kl_div_with_logits
        >>> teacher = torch.tensor([[0.8, 0.2]])
        >>> kl_div_with_logits(torch.tensor([[0.0, 0.0]]), teacher)
        tensor(0.1927)
    """
    log_p = F.log_softmax(at_least_float32(outputs), dim=1)
    values = F.kl_div(
        log_p,
        class_distributions(targets, log_p.shape[1], log_p.dtype),
        reduction="none",
    ).sum(1)
    return reduced(values, reduction)


class KLDivWithLogitsLoss(LossModule):
    """Module form of `kl_div_with_logits`, with the same arguments.

    Example:
        >>> from trainwell.losses import KLDivWithLogitsLoss
        >>> loss = KLDivWithLogitsLoss(reduction="sum")
        >>> loss(torch.zeros(3, 2), torch.tensor([[0.8, 0.2]]).expand(3, 2))
        tensor(0.5782)
    """

    function = staticmethod(kl_div_with_logits)
