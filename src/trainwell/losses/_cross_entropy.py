"""Cross-entropy with label smoothing and class weights, one value per sample.

    L = -(sum_k w_k q_k) sum_k q'_k log softmax(z)_k,   q' = (1 - a) q + a / K

where q is the target distribution (one-hot for a class index), a the label smoothing
and w the class weights. A weight scales all of a sample's loss: torch weighs the
smoothed mass of every class by that class instead, which makes a rare class with a
large weight the second answer to everything.

Use: for every single-label classification unless there is a reason against it; at the
start it should be about log K.
Side effects: smoothing bounds the best loss above 0 and keeps probabilities below 1;
class weights shift predictions towards rare classes.
Source: Szegedy et al., "Rethinking the Inception Architecture", 2016, section 7
(smoothing), https://arxiv.org/abs/1512.00567. Outputs in half precision are raised to
float32 first: a sum of exponentials over many classes does not fit in 8 bits.
"""

import torch.nn.functional as F
from jaxtyping import Float, Int
from torch import Tensor

from trainwell.core import checks
from trainwell.core.tensors import at_least_float32
from trainwell.losses._module import LossModule
from trainwell.losses._types import (
    LossValue,
    Reduction,
    class_weight,
    reduced,
    target_weight,
    total_weight,
)


def cross_entropy(
    outputs: Float[Tensor, "batch classes"],
    targets: Int[Tensor, " batch"] | Float[Tensor, "batch classes"],
    weight: Tensor | None = None,
    *,
    label_smoothing: float = 0.0,
    reduction: Reduction = "mean",
) -> LossValue:
    """Return the cross-entropy.

    Args:
        outputs: Logits; any floating dtype, computed in float32 or higher.
        targets: Class indices, or one distribution over the classes per sample.
        weight: One factor per class, shape (classes,), on the loss of its samples. As
            in torch, the mean then divides by the sum of the weights of the target
            classes, not by the number of samples.
        label_smoothing: Fraction of the target spread over all classes, in [0, 1].
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.

    Raises:
        ValueError: If `label_smoothing` or the length of `weight` is wrong.

    Example:
        >>> from trainwell.losses import cross_entropy
        >>> outputs = torch.tensor([[0.0, 0.0], [2.0, 0.0]])
        >>> targets = torch.tensor([0, 0])
        >>> cross_entropy(outputs, targets)
        tensor(0.4100)
        >>> cross_entropy(outputs, targets, reduction="none")
        tensor([0.6931, 0.1269])
    """
    checks.between("label_smoothing", label_smoothing, 0, 1)
    logits = at_least_float32(outputs)
    weight = class_weight(weight, logits)
    if targets.is_floating_point():
        targets = targets.to(logits.dtype)
    values = F.cross_entropy(
        logits, targets, label_smoothing=label_smoothing, reduction="none"
    )
    if weight is not None:
        values = values * target_weight(weight, targets)
    return reduced(values, reduction, total=total_weight(weight, targets))


class CrossEntropyLoss(LossModule):
    """Module form of `cross_entropy`, with the same arguments.

    Example:
        >>> from trainwell.losses import CrossEntropyLoss
        >>> loss = CrossEntropyLoss(label_smoothing=0.1)
        >>> loss(torch.tensor([[2.0, 0.0]]), torch.tensor([0]))
        tensor(0.2269)
    """

    function = staticmethod(cross_entropy)
