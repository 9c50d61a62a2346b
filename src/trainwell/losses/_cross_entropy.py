"""Cross-entropy with label smoothing and class weights, one value per sample.

    L = -sum_k w_k q'_k log softmax(z)_k,   q' = (1 - a) q + a / K

where q is the target distribution (one-hot for a class index), a the label smoothing
and w the class weights.

Use: for every single-label classification unless there is a reason against it; at the
start it should be about log K.
Side effects: smoothing bounds the best loss above 0 and keeps probabilities below 1;
class weights shift predictions towards rare classes.
Source: Szegedy et al., "Rethinking the Inception Architecture", 2016, section 7
(smoothing), https://arxiv.org/abs/1512.00567. Outputs in half precision are raised to
float32 first: a sum of exponentials over many classes does not fit in 8 bits.
"""

import torch
import torch.nn.functional as F
from jaxtyping import Float, Int
from torch import Tensor

from trainwell.core import checks


def cross_entropy(
    outputs: Float[Tensor, "batch classes"],
    targets: Int[Tensor, " batch"] | Float[Tensor, "batch classes"],
    *,
    label_smoothing: float = 0.0,
    class_weights: Tensor | None = None,
) -> Float[Tensor, " batch"]:
    """Return the cross-entropy of every sample.

    Args:
        outputs: Logits; any floating dtype, computed in float32 or higher.
        targets: Class indices, or one distribution over the classes per sample.
        label_smoothing: Share of the target spread over all classes, in [0, 1].
        class_weights: One factor per class, shape (classes,). The mean over a batch
            is then over the samples, unlike torch's `reduction="mean"`, which divides
            by the weights drawn; `balanced_weights` have mean 1 over the samples.

    Raises:
        ValueError: If `label_smoothing` or the length of `class_weights` is wrong.
    """
    checks.between("label_smoothing", label_smoothing, 0, 1)
    num_classes = outputs.shape[1]
    if class_weights is not None and class_weights.shape != (num_classes,):
        raise ValueError(
            f"`class_weights` must have one value per class, {num_classes}, got "
            f"shape {tuple(class_weights.shape)}."
        )
    logits = outputs.to(torch.promote_types(outputs.dtype, torch.float32))
    if targets.is_floating_point():
        targets = targets.to(logits.dtype)
    return F.cross_entropy(
        logits,
        targets,
        weight=None if class_weights is None else class_weights.to(logits),
        label_smoothing=label_smoothing,
        reduction="none",
    )
