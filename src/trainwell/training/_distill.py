"""Distillation in the training loop: a teacher answers for every batch."""

from collections.abc import Callable

import torch
from torch import Tensor

from trainwell.core import checks
from trainwell.losses import soft_target_loss

Teacher = Callable[[Tensor], Tensor]
"""From a batch of images, as the student reads them, to logits of its classes."""


class Distill:
    """Mix a loss with the distance from a teacher's softened answers.

    The teacher sees the same images, as they were augmented and mixed.

    Args:
        teacher: Function from images to logits; no gradients are taken.
        temperature: T of `losses.distillation_loss`.
        weight: Share of the teacher, in [0, 1]; the rest is the loss of the targets.

    Example:
        >>> distill = Distill(lambda images: 9 * images, temperature=2.0, weight=1.0)
        >>> images = torch.tensor([[1.0, 0.0]])
        >>> distill(images, 9 * images, torch.tensor([3.0])).item()
        0.0
    """

    def __init__(
        self, teacher: Teacher, *, temperature: float = 4.0, weight: float = 0.9
    ) -> None:
        checks.positive("temperature", temperature)
        checks.between("weight", weight, 0, 1)
        self.teacher, self.temperature, self.weight = teacher, temperature, weight

    def __call__(self, images: Tensor, outputs: Tensor, values: Tensor) -> Tensor:
        """Return one value per sample.

        Args:
            images: Input of the student.
            outputs: Its logits.
            values: The loss of the targets, one value per sample.
        """
        with torch.no_grad():
            answers = self.teacher(images)
        soft = soft_target_loss(
            outputs, answers, temperature=self.temperature, reduction="none"
        )
        return self.weight * soft + (1 - self.weight) * values
