"""Focal loss: cross-entropy that turns away from what is already right.

    L = -sum_k w_k q_k (1 - p_k)^gamma log p_k,   p = softmax(z)

where q is the target distribution (one-hot for a class index) and w the class weights.

Use: when easy samples of common classes drown the rare ones; try class weights first.
Side effects: gradients shrink as the network gets surer, so the rate may need to be
higher; probabilities come out less sure than the data warrants.
Source: Lin et al., "Focal Loss for Dense Object Detection", 2017, eq. 4-5,
https://arxiv.org/abs/1708.02002, for softmax instead of the sigmoid there.
"""

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.losses._types import ClassTargets, distributions, raised


def focal(
    outputs: Float[Tensor, "batch classes"],
    targets: ClassTargets,
    *,
    gamma: float = 2.0,
    class_weights: Tensor | None = None,
) -> Float[Tensor, " batch"]:
    """Return the focal loss of every sample.

    Args:
        outputs: Logits; any floating dtype, computed in float32 or higher.
        targets: Class indices, or one distribution over the classes per sample.
        gamma: 0 is cross-entropy; the larger, the less easy samples count.
        class_weights: One factor per class, shape (classes,).

    Raises:
        ValueError: If `gamma` is negative or the length of `class_weights` is wrong.
    """
    checks.between("gamma", gamma, 0, float("inf"))
    num_classes = outputs.shape[1]
    if class_weights is not None and class_weights.shape != (num_classes,):
        raise ValueError(
            f"`class_weights` must have one value per class, {num_classes}, got "
            f"shape {tuple(class_weights.shape)}."
        )
    log_p = F.log_softmax(raised(outputs), dim=1)
    mass = distributions(targets, log_p)
    if class_weights is not None:
        mass = mass * class_weights.to(log_p)
    # the power has no slope at 0 when gamma < 1, so a sure prediction stops above it
    wrong = (-torch.expm1(log_p)).clamp(min=torch.finfo(log_p.dtype).eps)
    return -(mass * wrong**gamma * log_p).sum(1)
