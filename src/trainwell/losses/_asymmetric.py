"""Asymmetric loss: easy absent labels count less than easy present ones, or nothing.

    L = -mean_k w_k (t_k (1 - p_k)^g+ log p_k + (1 - t_k) q_k^g- log(1 - q_k))
    p = sigmoid(z),   q = max(p - clip, 0)

where t is how true a label is, g+ and g- are `gamma_pos` and `gamma_neg`, and w the
weights of the labels.

Use: where an image has few of many labels: binary cross-entropy spends most of its
gradient on those that are absent.
Side effects: absent labels with a probability below `clip` are left alone, so
probabilities are too high: choose thresholds on validation images.
Source: Ridnik et al., "Asymmetric Loss For Multi-Label Classification", 2021, eq. 7,
https://arxiv.org/abs/2009.14119; defaults as in the authors' code, whose sum over the
labels is a mean here. A target between 0 and 1 gives the expected loss.
"""

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.core.tensors import at_least_float32
from trainwell.losses._module import LossModule
from trainwell.losses._types import (
    LabelTargets,
    LossValue,
    Reduction,
    focal_factor,
    label_targets,
    mean_of_labels,
    reduced,
)


def asymmetric_loss(
    outputs: Float[Tensor, "batch labels"],
    targets: LabelTargets,
    weight: Tensor | None = None,
    *,
    gamma_pos: float = 1.0,
    gamma_neg: float = 4.0,
    clip: float = 0.05,
    reduction: Reduction = "mean",
) -> LossValue:
    """Return the asymmetric loss, a mean over the labels.

    Args:
        outputs: Logits; any floating dtype, computed in float32 or higher.
        targets: How true every label is, from 0 to 1, shape (batch, labels); or the
            index of the only true one, shape (batch,).
        weight: One factor per label, shape (labels,).
        gamma_pos: The larger it is, the less easy present labels count.
        gamma_neg: The same of absent labels.
        clip: Taken off the probability of absent labels, in [0, 1).
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.

    Raises:
        ValueError: If `gamma_pos` or `gamma_neg` is negative, `clip` not in [0, 1), or
            the shape of `targets` or the length of `weight` is wrong.

    Example:
        >>> from trainwell.losses import asymmetric_loss
        >>> outputs = torch.tensor([[0.0, 0.0], [2.0, -4.0]])
        >>> targets = torch.tensor([[1, 0], [1, 0]])
        >>> asymmetric_loss(outputs, targets, reduction="none")
        tensor([0.1855, 0.0076])
    """
    checks.between("gamma_pos", gamma_pos, 0, float("inf"))
    checks.between("gamma_neg", gamma_neg, 0, float("inf"))
    if not 0 <= clip < 1:
        raise ValueError(f"`clip` must be in [0, 1), got {clip!r}.")
    logits = at_least_float32(outputs)
    truth = label_targets(targets, logits)
    left = (torch.sigmoid(logits) - clip).clamp(min=0)
    log_absent = torch.log1p(-left) if clip else F.logsigmoid(-logits)
    present = -focal_factor(torch.sigmoid(-logits), gamma_pos) * F.logsigmoid(logits)
    absent = -focal_factor(left, gamma_neg) * log_absent
    values = truth * present + (1 - truth) * absent
    return reduced(mean_of_labels(values, weight), reduction)


class AsymmetricLoss(LossModule):
    """Module form of `asymmetric_loss`, with the same arguments.

    Example:
        >>> from trainwell.losses import AsymmetricLoss
        >>> AsymmetricLoss(clip=0.1)(torch.zeros(1, 2), torch.tensor([[1, 0]]))
        tensor(0.1798)
    """

    function = staticmethod(asymmetric_loss)
