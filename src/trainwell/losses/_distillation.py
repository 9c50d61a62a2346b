"""Distillation: a student learns from a teacher's softened answers.

    q = softmax(v / T),  p = softmax(z / T)      v of the teacher, z of the student
    L = weight T^2 KL(q || p) + (1 - weight) CE(softmax(z), target)

T^2 keeps the size of the soft part's gradient, which falls as 1 / T^2.

Use: to give a small network what a large one, or an ensemble, has learned: how alike
the classes are, image by image.
Side effects: every step also runs the teacher, forward only; the student takes over
what the teacher has wrong.
Source: Hinton, Vinyals & Dean, "Distilling the Knowledge in a Neural Network", 2015,
section 2, https://arxiv.org/abs/1503.02531; as divergence instead of cross-entropy, so
that the soft part is 0 at best.
"""

import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.core.tensors import at_least_float32
from trainwell.losses._types import ClassTargets, LossValue, Reduction, reduced


def soft_target_loss(
    outputs: Float[Tensor, "batch classes"],
    teacher_outputs: Float[Tensor, "batch classes"],
    *,
    temperature: float = 4.0,
    reduction: Reduction = "mean",
) -> LossValue:
    """Return T^2 KL(softmax(teacher / T) || softmax(student / T)).

    Args:
        outputs: Logits of the student; computed in float32 or higher.
        teacher_outputs: Logits of the teacher; no gradient flows into them.
        temperature: T, above 0; higher values weigh small probabilities more.
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.

    Raises:
        ValueError: If `temperature` or `reduction` is not one of those.

    Example:
        >>> from trainwell.losses import soft_target_loss
        >>> student, teacher = torch.tensor([[0.0, 0.0]]), torch.tensor([[4.0, 0.0]])
        >>> soft_target_loss(student, teacher, temperature=4.0)
        tensor(1.7751)
    """
    checks.positive("temperature", temperature)
    student = F.log_softmax(at_least_float32(outputs) / temperature, dim=1)
    teacher = at_least_float32(teacher_outputs.detach()) / temperature
    values = F.kl_div(
        student, F.log_softmax(teacher, dim=1), reduction="none", log_target=True
    ).sum(1)
    return reduced(temperature**2 * values, reduction)


def distillation_loss(  # noqa: PLR0913
    outputs: Float[Tensor, "batch classes"],
    teacher_outputs: Float[Tensor, "batch classes"],
    targets: ClassTargets,
    *,
    temperature: float = 4.0,
    weight: float = 0.9,
    reduction: Reduction = "mean",
) -> LossValue:
    """Return the soft loss mixed with the cross-entropy of the targets.

    Args:
        outputs: Logits of the student; computed in float32 or higher.
        teacher_outputs: Logits of the teacher; no gradient flows into them.
        targets: Class indices, or distributions over the classes.
        temperature: T, above 0.
        weight: Share of the soft loss, in [0, 1].
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.

    Raises:
        ValueError: If an argument is not one of those.

    Example:
        >>> from trainwell.losses import distillation_loss
        >>> student, teacher = torch.tensor([[0.0, 0.0]]), torch.tensor([[4.0, 0.0]])
        >>> distillation_loss(student, teacher, torch.tensor([0]), weight=0.5)
        tensor(1.2341)
    """
    checks.between("weight", weight, 0, 1)
    soft = soft_target_loss(
        outputs, teacher_outputs, temperature=temperature, reduction="none"
    )
    hard = F.cross_entropy(at_least_float32(outputs), targets, reduction="none")
    return reduced(weight * soft + (1 - weight) * hard, reduction)
