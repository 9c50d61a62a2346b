"""Multiclass hinge: every wrong class must stay a margin below the right one.

    L_y = sum_{j != y} max(0, f_j - f_y + margin),   L = sum_y q_y L_y

where q is the target distribution (one-hot for a class index).

Use: as the loss of a linear SVM, or where it is enough that the right class wins by a
margin; for probabilities take cross-entropy.
Side effects: no gradient from samples that are right by the margin, so training stops
by itself; outputs are scores, not log-probabilities; a distribution as target takes
classes^2 numbers per sample.
Source: Weston & Watkins, "Support Vector Machines for Multi-Class Pattern
Recognition", 1999, eq. 3, without its slack and penalty; the lectures' multiclass SVM.
A distribution gives the expected loss over the target class.
"""

from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.core.tensors import at_least_float32
from trainwell.losses._module import LossModule
from trainwell.losses._types import ClassTargets, LossValue, Reduction, reduced


def hinge_loss(
    outputs: Float[Tensor, "batch classes"],
    targets: ClassTargets,
    *,
    margin: float = 1.0,
    reduction: Reduction = "mean",
) -> LossValue:
    """Return the multiclass hinge loss.

    Args:
        outputs: Scores; any floating dtype, computed in float32 or higher.
        targets: Class indices, or one distribution over the classes per sample.
        margin: Smallest lead of the right class that costs nothing.
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.

    Raises:
        ValueError: If `margin` is not positive.

    Example:
        >>> from trainwell.losses import hinge_loss
        >>> hinge_loss(torch.tensor([[3.0, 2.5, 0.0]]), torch.tensor([0]), margin=1.0)
        tensor(0.5000)
    """
    checks.positive("margin", margin)
    scores = at_least_float32(outputs)
    if not targets.is_floating_point():
        right = scores.gather(1, targets.long()[:, None])
        values = (scores - right + margin).clamp(min=0).sum(1) - margin
        return reduced(values, reduction)
    excess = (scores[:, None, :] - scores[:, :, None] + margin).clamp(min=0)
    values = (targets.to(scores.dtype) * (excess.sum(2) - margin)).sum(1)
    return reduced(values, reduction)


class HingeLoss(LossModule):
    """Module form of `hinge_loss`, with the same arguments.

    Example:
        >>> from trainwell.losses import HingeLoss
        >>> HingeLoss(margin=1.0)(torch.tensor([[3.0, 2.5, 0.0]]), torch.tensor([0]))
        tensor(0.5000)
    """

    function = staticmethod(hinge_loss)
