"""Occlusion: how far the score falls when a patch of the image is covered.

    M(p) = mean over the patches that cover p of s_y(x) - s_y(x with the patch filled)

Use: where no gradient is to be trusted, or there is none; with one patch size per
question.
Side effects: a forward pass per place of the patch.
Source: Zeiler & Fergus, "Visualizing and Understanding Convolutional Networks", 2014,
section 4.2, https://arxiv.org/abs/1311.2901
"""

import torch
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.explain._reading import reading
from trainwell.explain._scores import chunks, fixed_target, scores
from trainwell.explain._types import Target

_ACROSS = 8  # patches side by side, by default


def occlusion(
    network: nn.Module,
    images: Tensor,
    target: Target = None,
    *,
    size: int | None = None,
    stride: int | None = None,
    fill: float = 0.0,
    chunk: int = 32,
) -> Tensor:
    """Return maps (n, height, width): the fall of the score, negative for a rise.

    Args:
        network: From images to outputs; it is left as it was.
        images: Standardised, (n, channels, height, width).
        target: Output to explain; the largest of each image by default.
        size: Side of the patch in pixels; an eighth of the longer side by default.
        stride: Pixels from one place of the patch to the next; half of it by default.
        fill: Value in the patch; 0 is the mean colour of standardised images.
        chunk: Images at a time.

    Raises:
        ValueError: If an argument cannot be used.

    Example:
        >>> net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 2))
        >>> images = torch.rand(1, 1, 2, 2)
        >>> maps = occlusion(net, images, target=0, size=1, stride=1)
        >>> expected = images[:, 0] * net[1].weight[0].reshape(1, 2, 2)
        >>> torch.allclose(maps, expected, atol=1e-6)
        True
    """
    size = max(1, max(images.shape[2:]) // _ACROSS) if size is None else size
    stride = max(1, size // 2) if stride is None else stride
    checks.positive("size", size)
    checks.between("stride", stride, 1, size)
    patches = [
        (slice(top, top + size), slice(left, left + size))
        for top in _starts(images.shape[2], size, stride)
        for left in _starts(images.shape[3], size, stride)
    ]
    with reading(network), torch.no_grad():
        found = [
            _maps(network, x, fixed_target(network, x, y), patches, fill)
            for x, y in chunks(images, target, chunk)
        ]
    return torch.cat(found)


def _maps(
    network: nn.Module,
    x: Tensor,
    target: Target,
    patches: list[tuple[slice, slice]],
    fill: float,
) -> Tensor:
    before = scores(network(x), target)
    total = x.new_zeros(len(x), *x.shape[2:])
    count = x.new_zeros(x.shape[2:])
    for rows, columns in patches:
        covered = x.clone()
        covered[:, :, rows, columns] = fill
        fall = before - scores(network(covered), target)
        total[:, rows, columns] += fall[:, None, None]
        count[rows, columns] += 1
    return total / count


def _starts(side: int, size: int, stride: int) -> list[int]:
    """Return where patches begin, so that they reach the other edge, too."""
    last = max(side - size, 0)
    return sorted({*range(0, last, stride), last})
