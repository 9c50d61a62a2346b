"""Focal loss: cross-entropy with less weight on samples that are already right.

    L = -sum_k w_k q_k (1 - p_k)^gamma log p_k,   p = softmax(z)

where q is the target distribution (one-hot for a class index) and w the class weights.

Use: when easy samples of common classes drown the rare ones; try class weights first.
Side effects: gradients shrink as the network becomes more confident, so the learning
rate may need to be higher; probabilities are less confident than the data warrants.
Source: Lin et al., "Focal Loss for Dense Object Detection", 2017, eq. 4-5,
https://arxiv.org/abs/1708.02002, for softmax instead of the sigmoid there.
"""

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.core.tensors import at_least_float32, class_distributions
from trainwell.losses._module import LossModule
from trainwell.losses._types import (
    ClassTargets,
    LossValue,
    Reduction,
    class_weight,
    focal_factor,
    reduced,
    total_weight,
)


def focal_loss(
    outputs: Float[Tensor, "batch classes"],
    targets: ClassTargets,
    weight: Tensor | None = None,
    *,
    gamma: float = 2.0,
    reduction: Reduction = "mean",
) -> LossValue:
    """Return the focal loss.

    Args:
        outputs: Logits; any floating dtype, computed in float32 or higher.
        targets: Class indices, or one distribution over the classes per sample.
        weight: One factor per class, shape (classes,). The mean then divides by the
            sum of the weights of the target classes, as in `cross_entropy`.
        gamma: 0 is cross-entropy; the larger it is, the less easy samples count.
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.

    Raises:
        ValueError: If `gamma` is negative or the length of `weight` is wrong.

    Example:
        >>> from trainwell.losses import focal_loss
        >>> outputs = torch.tensor([[0.0, 0.0], [2.0, 0.0]])
        >>> targets = torch.tensor([0, 0])
        >>> focal_loss(outputs, targets, gamma=2.0, reduction="none")
        tensor([0.1733, 0.0018])
    """
    checks.between("gamma", gamma, 0, float("inf"))
    log_p = F.log_softmax(at_least_float32(outputs), dim=1)
    weight = class_weight(weight, log_p)
    mass = class_distributions(targets, log_p.shape[1], log_p.dtype)
    if weight is not None:
        mass = mass * weight
    wrong = -torch.expm1(log_p)
    values = -(mass * focal_factor(wrong, gamma) * log_p).sum(1)
    return reduced(values, reduction, total=total_weight(weight, targets))


class FocalLoss(LossModule):
    """Module form of `focal_loss`, with the same arguments.

    Example:
        >>> from trainwell.losses import FocalLoss
        >>> FocalLoss(gamma=2.0)(torch.tensor([[0.0, 0.0]]), torch.tensor([0]))
        tensor(0.1733)
    """

    function = staticmethod(focal_loss)
