"""Mixing: mixup or cutmix of each sample with another of its batch.

    lam ~ Beta(alpha, alpha), sampled per image; the partner is the next in the batch

Use: `mixup` with alpha 0.2 to 1 or `cutmix` with alpha 1, in long trainings.
Side effects: targets become distributions, so the training loss cannot reach zero.
Source: Zhang et al., "mixup: Beyond Empirical Risk Minimization", 2018; Yun et al.,
"CutMix", 2019. The order of samples changes every epoch, and so do the partners.
"""

from dataclasses import dataclass

import numpy as np
import torch
from scipy.special import betaincinv
from torch import Tensor

from trainwell.augment import ops
from trainwell.augment.policies._types import SamplingContext
from trainwell.core import checks

KINDS = ("mixup", "cutmix")


@dataclass(frozen=True)
class Mixing:
    """Mix a batch.

    Attributes:
        kind: `mixup` or `cutmix`.
        num_classes: Length of the targets that come out.
        alpha: Both parameters of the beta distribution; small ones mix little.

    Example:
        >>> from trainwell.augment.policies import Mixing, SamplingContext
        >>> context = SamplingContext(
        ...     0, 0, np.arange(3, dtype=np.uint64), np.full(3, 32), np.full(3, 32)
        ... )
        >>> images, targets = torch.rand(3, 3, 32, 32), torch.tensor([0, 1, 2])
        >>> mixed, soft = Mixing("mixup", num_classes=3)(images, targets, context)
        >>> soft.sum(1).tolist()
        [1.0, 1.0, 1.0]
    """

    kind: str
    num_classes: int
    alpha: float = 1.0

    def __post_init__(self) -> None:
        checks.one_of("kind", self.kind, KINDS)
        checks.positive("alpha", self.alpha)

    def __call__(
        self, images: Tensor, targets: Tensor, context: SamplingContext
    ) -> tuple[Tensor, Tensor]:
        """Return the mixed images and their targets, (n, num_classes)."""
        u = context.uniform("mixing", 3)
        lam = betaincinv(self.alpha, self.alpha, u[:, 0])
        partner = torch.arange(len(images), device=images.device).roll(-1)
        if self.kind == "mixup":
            return ops.mixup(
                images,
                targets,
                partner=partner,
                lam=torch.from_numpy(lam).to(images.device),
                num_classes=self.num_classes,
            )
        half = np.sqrt(1 - lam)[:, None] / 2
        box = np.concatenate([u[:, 1:] - half, u[:, 1:] + half], axis=1)
        return ops.cutmix(
            images,
            targets,
            partner=partner,
            box=torch.from_numpy(box),
            num_classes=self.num_classes,
        )
