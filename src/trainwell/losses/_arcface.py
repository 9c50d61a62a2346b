"""ArcFace: cross-entropy on angles, with a margin added to the right one.

    L_y = -log( e^(s phi_y) / (e^(s phi_y) + sum_{j != y} e^(s cos_j)) )
    phi_y = cos(theta_y + m)        for theta_y <= pi - m
    phi_y = cos_y - m sin(m)        beyond, where the cosine would turn up again

A distribution as target gives sum_y q_y L_y.

Use: to learn embeddings that compare by angle (faces, retrieval, many classes with few
images each); outputs must be cosines, as `cosine_similarities` makes.
Side effects: the margin makes the start harder: warm up, or begin with a small margin;
the training loss is not comparable to cross-entropy without the margin.
Source: Deng et al., "ArcFace", 2019, eq. 3, https://arxiv.org/abs/1801.07698; defaults
and the second branch as in the authors' code, whose scale is 64 for large face sets.
The sine is held above 0.001, so that gradients stay finite at cos = 1 and -1.
"""

import math

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.core.tensors import at_least_float32, class_distributions
from trainwell.losses._module import LossModule
from trainwell.losses._types import ClassTargets, LossValue, Reduction, reduced

_LEAST_SINE = 1e-3


def arcface_loss(
    outputs: Float[Tensor, "batch classes"],
    targets: ClassTargets,
    *,
    margin: float = 0.5,
    scale: float = 30.0,
    reduction: Reduction = "mean",
) -> LossValue:
    """Return the ArcFace loss.

    Args:
        outputs: Cosines; any floating dtype, computed in float32 or higher. Values
            outside [-1, 1] by rounding are accepted.
        targets: Class indices, or one distribution over the classes per sample.
        margin: Angle in radians, in [0, pi / 2].
        scale: Factor on the cosines before the softmax.
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.

    Raises:
        ValueError: If `margin` is not in [0, pi / 2] or `scale` is not positive.

    Example:
        >>> from trainwell.losses import arcface_loss
        >>> cosines = torch.tensor([[0.9, 0.1]])
        >>> arcface_loss(cosines, torch.tensor([0]), margin=0.5, scale=4.0)
        tensor(0.1364)
        >>> arcface_loss(cosines, torch.tensor([0]), margin=0.0, scale=4.0)
        tensor(0.0400)
    """
    checks.between("margin", margin, 0, math.pi / 2)
    checks.positive("scale", scale)
    cosines = at_least_float32(outputs)
    others = _log_sum_of_others(scale * cosines)
    losses = torch.nn.functional.softplus(others - scale * _moved(cosines, margin))
    return reduced(
        (class_distributions(targets, cosines.shape[1], cosines.dtype) * losses).sum(1),
        reduction,
    )


class ArcFaceLoss(LossModule):
    """Module form of `arcface_loss`, with the same arguments.

    Example:
        >>> from trainwell.losses import ArcFaceLoss
        >>> loss = ArcFaceLoss(margin=0.5, scale=4.0)
        >>> loss(torch.tensor([[0.9, 0.1]]), torch.tensor([0]))
        tensor(0.1364)
    """

    function = staticmethod(arcface_loss)


def _moved(cosines: Tensor, margin: float) -> Tensor:
    """Return cos(theta + margin), continued downwards for theta > pi - margin."""
    sines = (1 - cosines.square()).clamp(min=_LEAST_SINE**2).sqrt()
    moved = cosines * math.cos(margin) - sines * math.sin(margin)
    beyond = cosines - margin * math.sin(margin)
    return torch.where(cosines > -math.cos(margin), moved, beyond)


def _log_sum_of_others(logits: Tensor) -> Tensor:
    """Return log sum_{j != k} exp(z_j) for every k, without cancellation."""
    none = torch.full_like(logits[:, :1], -torch.inf)
    before = torch.cat([none, logits.logcumsumexp(1)[:, :-1]], 1)
    after = torch.cat([none, logits.flip(1).logcumsumexp(1)[:, :-1]], 1).flip(1)
    return torch.logaddexp(before, after)
