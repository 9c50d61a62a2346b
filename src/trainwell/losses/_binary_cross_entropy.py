"""Binary cross-entropy: every label is a yes or no of its own, one value per sample.

    L = -mean_k w_k (t'_k log p_k + (1 - t'_k) log(1 - p_k)),   p = sigmoid(z)
    t' = (1 - a) t + a / 2

where t is how true a label is, a the label smoothing and w the weights of the labels.

Use: where an image may have several labels, or none; at the start it should be about
log 2. With one class per image it trains one classifier per class against the rest.
Side effects: where labels are rare, most of the gradient comes from those that are
absent; probabilities do not add up to 1.
Source: Cox, "The Regression Analysis of Binary Sequences", 1958, as
`binary_cross_entropy_with_logits` of torch; in place of cross-entropy: Wightman et al.,
"ResNet strikes back", 2021, section 3, https://arxiv.org/abs/2110.00476.
"""

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
    label_targets,
    mean_of_labels,
    reduced,
)


def binary_cross_entropy(
    outputs: Float[Tensor, "batch labels"],
    targets: LabelTargets,
    weight: Tensor | None = None,
    *,
    label_smoothing: float = 0.0,
    reduction: Reduction = "mean",
) -> LossValue:
    """Return the binary cross-entropy, a mean over the labels.

    Args:
        outputs: Logits; any floating dtype, computed in float32 or higher.
        targets: How true every label is, from 0 to 1, shape (batch, labels); or the
            index of the only true one, shape (batch,).
        weight: One factor per label, shape (labels,). As in torch, the mean divides by
            the number of labels, not by the sum of the weights.
        label_smoothing: Fraction of the target that becomes 1/2, in [0, 1].
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.

    Raises:
        ValueError: If `label_smoothing`, the shape of `targets` or the length of
            `weight` is wrong.

    Example:
        >>> from trainwell.losses import binary_cross_entropy
        >>> outputs = torch.tensor([[0.0, 0.0], [2.0, -2.0]])
        >>> targets = torch.tensor([[1, 1], [1, 0]])
        >>> binary_cross_entropy(outputs, targets, reduction="none")
        tensor([0.6931, 0.1269])
    """
    checks.between("label_smoothing", label_smoothing, 0, 1)
    logits = at_least_float32(outputs)
    truth = label_targets(targets, logits)
    truth = (1 - label_smoothing) * truth + label_smoothing / 2
    values = F.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    return reduced(mean_of_labels(values, weight), reduction)


class BinaryCrossEntropyLoss(LossModule):
    """Module form of `binary_cross_entropy`, with the same arguments.

    Example:
        >>> from trainwell.losses import BinaryCrossEntropyLoss
        >>> loss = BinaryCrossEntropyLoss(label_smoothing=0.1)
        >>> loss(torch.tensor([[2.0, -2.0]]), torch.tensor([[1.0, 0.0]]))
        tensor(0.2269)
    """

    function = staticmethod(binary_cross_entropy)
