"""Soft argmax: the mean place of a heat map, differentiable and finer than its cells.

    p = softmax(h / T) over the cells of a map
    x = sum_j p_j (j + 1/2) / width,    y = sum_i p_i (i + 1/2) / height

Places are fractions of the width and the height, the centre of the first cell at half a
cell, so that they are the same for the map and for the image it was made of.

Use: as the head of a network that answers with heat maps: its maps are logits, and the
loss is one of points. Maps that are themselves heights in [0, 1], such as those of
`heatmap_targets`, need a temperature well below 1 / ln(cells), or the background pulls
to the middle, and above 1 / (2 sigma^2), or the cells show.
Side effects: near a border a peak is cut, which pulls inwards by some of its width; two
peaks give a place between them. A temperature of 0 would be argmax, without a gradient.
Source: Sun et al., "Integral Human Pose Regression", 2018, eq. 2,
https://arxiv.org/abs/1711.08229; Luvizon et al., "Human Pose Regression by Combining
Indirect Part Detection and Contextual Information", 2017, section 3.2,
https://arxiv.org/abs/1710.02322
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.core.tensors import at_least_float32


def soft_argmax(
    maps: Float[Tensor, "batch points height width"], *, temperature: float = 1.0
) -> Float[Tensor, "batch points 2"]:
    """Return the mean place of every map.

    Args:
        maps: Logits of the places, shape (batch, points, height, width); any floating
            dtype, computed in float32 or higher.
        temperature: T, what they are divided by; the smaller, the nearer to the
            largest cell.

    Returns:
        (x, y) in fractions of the width and the height, shape (batch, points, 2).

    Raises:
        ValueError: If `temperature` is not positive.

    Example:
        >>> maps = torch.full((1, 1, 4, 8), -100.0)
        >>> maps[0, 0, 1, 6] = 0.0
        >>> soft_argmax(maps)
        tensor([[[0.8125, 0.3750]]])
    """
    checks.positive("temperature", temperature)
    height, width = maps.shape[2:]
    shares = at_least_float32(maps).flatten(2).div(temperature).softmax(2)
    shares = shares.unflatten(2, (height, width))
    columns = torch.arange(width, device=maps.device, dtype=shares.dtype) + 0.5
    rows = torch.arange(height, device=maps.device, dtype=shares.dtype) + 0.5
    x = (shares.sum(2) * columns).sum(2) / width
    y = (shares.sum(3) * rows).sum(2) / height
    return torch.stack([x, y], 2)


class SoftArgmax(nn.Module):
    """Module form of `soft_argmax`, with the same arguments.

    Example:
        >>> SoftArgmax()(torch.zeros(1, 3, 4, 4)).shape
        torch.Size([1, 3, 2])
    """

    def __init__(self, temperature: float = 1.0) -> None:
        super().__init__()
        checks.positive("temperature", temperature)
        self.temperature = temperature

    def forward(self, maps: Tensor) -> Tensor:
        """Return the mean place of every map."""
        return soft_argmax(maps, temperature=self.temperature)

    def extra_repr(self) -> str:
        """Show the temperature."""
        return f"temperature={self.temperature}"
