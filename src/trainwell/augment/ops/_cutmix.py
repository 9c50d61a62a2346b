"""Cutmix: paste a rectangle of a partner into each image; blend targets by area.

    y = l y_i + (1 - l) y_j,    l = 1 - area of the rectangle / area of the image

Use: as mixup, where the place of things should be learnt too; for the rectangle take
sides of sqrt(1 - l) of the image's about a random centre, l ~ Beta(1, 1).
Side effects: as of mixup; a rectangle may miss the object that the target names.
Source: Yun et al., "CutMix", 2019, equations 1 and 2; l is corrected to the pixels that
were pasted, as in the published code.
"""

import torch
from torch import Tensor

from trainwell.core.tensors import class_distributions


def cutmix(
    images: Tensor,
    targets: Tensor,
    *,
    partner: Tensor,
    box: Tensor,
    num_classes: int,
) -> tuple[Tensor, Tensor]:
    """Return the images with their rectangles, and their targets as distributions.

    Args:
        images: Batch, shape (n, channels, height, width).
        targets: Class indices, (n,), or distributions, (n, num_classes).
        partner: For each sample the index of the other, shape (n,).
        box: x0, y0, x1, y1 in fractions of width and height, shape (n, 4) or (4,);
            edges are rounded to whole pixels, what hangs over the border is cut off.
        num_classes: Length of a distribution.

    Raises:
        ValueError: If the targets do not fit.

    Example:
        >>> from trainwell.augment.ops import cutmix
        >>> images = torch.tensor([0.0, 1.0]).view(2, 1, 1, 1)
        >>> targets = torch.tensor([0, 1])
        >>> images = images.expand(2, 1, 2, 2)
        >>> mixed, soft = cutmix(
        ...     images,
        ...     targets,
        ...     partner=torch.tensor([1, 0]),
        ...     box=torch.tensor([0.0, 0.0, 0.5, 1.0]),
        ...     num_classes=2,
        ... )
        >>> mixed[0, 0].tolist(), soft.tolist()
        ([[1.0, 0.0], [1.0, 0.0]], [[0.5, 0.5], [0.5, 0.5]])
    """
    height, width = images.shape[2:]
    soft = class_distributions(targets, num_classes)
    scale = torch.tensor([width, height, width, height], device=images.device)
    x0, y0, x1, y1 = (box.to(images.device) * scale).round().expand(len(images), 4).T
    x = torch.arange(width, device=images.device)
    y = torch.arange(height, device=images.device)[:, None]
    inside = _between(x, x0, x1) & _between(y, y0, y1)
    mixed = torch.where(inside[:, None], images[partner], images)
    kept = 1 - inside.float().mean((1, 2))
    return mixed, torch.lerp(soft[partner], soft, kept[:, None])


def _between(places: Tensor, low: Tensor, high: Tensor) -> Tensor:
    return (places >= low[:, None, None]) & (places < high[:, None, None])
