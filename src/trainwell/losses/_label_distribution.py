"""Label distribution: KL divergence to a Gaussian around an ordinal class.

    L = KL(q || softmax(z)),   q = gaussian_targets(b_y, b, sigma)

b are the values that the classes stand for: those of their names where all names are
numbers, so that 20, 25 and 60 lie as far apart as they do, else 0, 1, ...

Use: for ordered classes (ages, grades), where a near miss should cost less than a far
one; predict with the mean of the distribution rather than its peak.
Side effects: the network never gets surer than sigma allows, so its top probability is
no measure of confidence.
Source: Gao et al., "Deep Label Distribution Learning", 2017, eq. 1-3,
https://arxiv.org/abs/1611.01731; Geng, "Label Distribution Learning", 2016. A
distribution as target (as mixup makes) counts as its expected class.
"""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.core.tensors import at_least_float32
from trainwell.losses._gaussian_targets import gaussian_targets
from trainwell.losses._kl_div import kl_div_with_logits
from trainwell.losses._module import LossModule
from trainwell.losses._types import ClassTargets, LossValue, Reduction


def label_distribution_loss(
    outputs: Float[Tensor, "batch classes"],
    targets: ClassTargets,
    *,
    sigma: float = 1.0,
    values: Sequence[float] | None = None,
    reduction: Reduction = "mean",
) -> LossValue:
    """Return the divergence from a Gaussian around the target class.

    Args:
        outputs: Logits; any floating dtype, computed in float32 or higher.
        targets: Indices of ordered classes, or one distribution over them per sample.
        sigma: Spread of the target in units of the values.
        values: Value of each class; 0, 1, ... by default. A run takes the numbers that
            its class names are.
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.

    Raises:
        ValueError: If `sigma` is not positive, or there are other numbers of values
            than of classes.

    Example:
        >>> from trainwell.losses import label_distribution_loss
        >>> logits, ages = torch.zeros(1, 5), torch.tensor([2])
        >>> label_distribution_loss(logits, ages, sigma=1.0)
        tensor(0.2375)
    """
    logits = at_least_float32(outputs)
    count = logits.shape[1]
    bins = torch.arange(count) if values is None else torch.as_tensor(values)
    if len(bins) != count:
        raise ValueError(f"`values` must be {count}, one per class, got {len(bins)}.")
    bins = bins.to(logits)
    mixed = targets.is_floating_point()
    centres = targets.to(logits) @ bins if mixed else bins[targets]
    gaussians = gaussian_targets(centres, bins, sigma=sigma)
    return kl_div_with_logits(logits, gaussians, reduction=reduction)


class LabelDistributionLoss(LossModule):
    """Module form of `label_distribution_loss`, with the same arguments.

    Example:
        >>> from trainwell.losses import LabelDistributionLoss
        >>> LabelDistributionLoss(sigma=1.0)(torch.zeros(1, 5), torch.tensor([2]))
        tensor(0.2375)
    """

    function = staticmethod(label_distribution_loss)
