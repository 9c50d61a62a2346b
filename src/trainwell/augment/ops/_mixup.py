"""Mixup: blend each image and its target with those of a partner.

    x = l x_i + (1 - l) x_j,    y = l y_i + (1 - l) y_j

Use: against memorising and over-confidence, with l ~ Beta(a, a), a = 0.2..1.
Side effects: targets become distributions; training accuracy loses its meaning, and
training takes longer. Of normalised images it is the blend of the images.
Source: Zhang et al., "mixup: Beyond Empirical Risk Minimization", 2018, equation 1.
"""

import torch
from torch import Tensor

from trainwell.core.tensors import class_distributions


def mixup(
    images: Tensor,
    targets: Tensor,
    *,
    partner: Tensor,
    lam: Tensor | float,
    num_classes: int,
) -> tuple[Tensor, Tensor]:
    """Return the blended images and their targets as distributions.

    Args:
        images: Floating-point batch, shape (n, channels, height, width).
        targets: Class indices, (n,), or distributions, (n, num_classes).
        partner: For each sample the index of the other, shape (n,).
        lam: Weight l of the sample itself in [0, 1], a number or shape (n,).
        num_classes: Length of a distribution.

    Raises:
        ValueError: If the images are not floating-point or the targets do not fit.

    Example:
        >>> from trainwell.augment.ops import mixup
        >>> images = torch.tensor([0.0, 1.0]).view(2, 1, 1, 1)
        >>> targets = torch.tensor([0, 1])
        >>> mixed, soft = mixup(
        ...     images, targets, partner=torch.tensor([1, 0]), lam=0.75, num_classes=2
        ... )
        >>> mixed.flatten().tolist(), soft.tolist()
        ([0.25, 0.75], [[0.75, 0.25], [0.25, 0.75]])
    """
    if not images.is_floating_point():
        raise ValueError(f"`images` must be floating-point, got {images.dtype}.")
    soft = class_distributions(targets, num_classes)
    kept = torch.as_tensor(lam, dtype=torch.float32, device=images.device)
    kept = kept.expand(len(images))
    mixed = torch.lerp(
        images[partner], images, kept.to(images.dtype)[:, None, None, None]
    )
    return mixed, torch.lerp(soft[partner], soft, kept[:, None])
