"""Binary focal loss: less weight on labels that are already right.

    L = -mean_k w_k (a t_k (1 - p_k)^gamma log p_k
                     + (1 - a) (1 - t_k) p_k^gamma log(1 - p_k)),   p = sigmoid(z)

where t is how true a label is, a the weight of true labels (alpha) and w that of each.

Use: where an image may have several labels, and the many easy ones that are absent
drown the rest.
Side effects: gradients shrink as the network becomes more confident, so the learning
rate may need to be higher; probabilities are less confident than the data warrants.
Source: Lin et al., "Focal Loss for Dense Object Detection", 2017, eq. 5,
https://arxiv.org/abs/1708.02002. A target between 0 and 1 gives the expected loss.
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


def binary_focal_loss(
    outputs: Float[Tensor, "batch labels"],
    targets: LabelTargets,
    weight: Tensor | None = None,
    *,
    gamma: float = 2.0,
    alpha: float = 0.25,
    reduction: Reduction = "mean",
) -> LossValue:
    """Return the focal loss of sigmoids, a mean over the labels.

    Args:
        outputs: Logits; any floating dtype, computed in float32 or higher.
        targets: How true every label is, from 0 to 1, shape (batch, labels); or the
            index of the only true one, shape (batch,).
        weight: One factor per label, shape (labels,).
        gamma: The larger it is, the less easy labels count.
        alpha: Weight of true labels; false ones have 1 - alpha.
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.

    Raises:
        ValueError: If `gamma` is negative, `alpha` not in [0, 1], or the shape of
            `targets` or the length of `weight` is wrong.

    Example:
        >>> from trainwell.losses import binary_focal_loss
        >>> outputs = torch.tensor([[0.0, 0.0], [2.0, -2.0]])
        >>> targets = torch.tensor([[1, 0], [1, 0]])
        >>> binary_focal_loss(outputs, targets, reduction="none")
        tensor([0.0866, 0.0009])
    """
    checks.between("gamma", gamma, 0, float("inf"))
    checks.between("alpha", alpha, 0, 1)
    logits = at_least_float32(outputs)
    truth = label_targets(targets, logits)
    present = -focal_factor(torch.sigmoid(-logits), gamma) * F.logsigmoid(logits)
    absent = -focal_factor(torch.sigmoid(logits), gamma) * F.logsigmoid(-logits)
    values = alpha * truth * present + (1 - alpha) * (1 - truth) * absent
    return reduced(mean_of_labels(values, weight), reduction)


class BinaryFocalLoss(LossModule):
    """Module form of `binary_focal_loss`, with the same arguments.

    Example:
        >>> from trainwell.losses import BinaryFocalLoss
        >>> BinaryFocalLoss(gamma=2.0)(torch.zeros(1, 2), torch.tensor([[1, 0]]))
        tensor(0.0866)
    """

    function = staticmethod(binary_focal_loss)
