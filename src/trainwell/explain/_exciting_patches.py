"""Exciting patches: the parts of real images that a unit answers most.

    (i, p) = argmax over places p of A_k(x_i);   images with the largest maxima

Use: to see what a unit of a layer has learned to find.
Side effects: one forward pass of all images. Patches are of one size, about as large as
what the unit looks at nearby, not its whole receptive field.
Source: Girshick et al., "Rich feature hierarchies for accurate object detection", 2014,
section 3.1; Zeiler & Fergus, 2014, figure 2.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.core.errors import ModelError
from trainwell.explain._layer_maps import as_maps, named_layer, outputs_kept
from trainwell.explain._reading import reading
from trainwell.explain._scores import chunks

_CELLS = 3  # side of a patch in cells of the layer's maps, by default


class Patches(NamedTuple):
    """Parts of images, those that excite the unit most first.

    Attributes:
        patches: Shape (count, channels, size, size).
        values: What the unit answers, (count,).
        indices: Which images they are from, (count,).
        corners: Row and column of the first pixel of each, (count, 2).

    Example:
        >>> net = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3))
        >>> found = exciting_patches(net, torch.rand(5, 1, 8, 8), "0", 1, count=2)
        >>> found.patches.shape, found.indices.shape
        (torch.Size([2, 1, 4, 4]), torch.Size([2]))
    """

    patches: Tensor
    values: Tensor
    indices: Tensor
    corners: Tensor


def exciting_patches(  # noqa: PLR0913
    network: nn.Module,
    images: Tensor,
    layer: str | nn.Module,
    unit: int,
    *,
    count: int = 9,
    size: int | None = None,
    chunk: int = 32,
) -> Patches:
    """Return the patches that excite a unit most, at most one per image.

    Args:
        network: From images to outputs; it is left as it was.
        images: Standardised, (n, channels, height, width).
        layer: Layer or its name.
        unit: Channel of the layer.
        count: Patches, at most as many as images.
        size: Side of a patch in pixels; about three cells of the layer by default.
        chunk: Images at a time.

    Raises:
        ValueError: If an argument cannot be used.
        ModelError: If the layer puts out no maps.

    Example:
        >>> net = torch.nn.Sequential(torch.nn.Conv2d(1, 1, 1, bias=False))
        >>> _ = torch.nn.init.ones_(net[0].weight)
        >>> images = torch.zeros(2, 1, 4, 4)
        >>> images[1, 0, 2, 3] = 5
        >>> exciting_patches(net, images, "0", 0, count=1, size=1).corners
        tensor([[2, 3]])
    """
    checks.positive("count", count)
    chosen = named_layer(network, layer)
    values, places = [], []
    grid = (1, 1)
    with reading(network), torch.no_grad(), outputs_kept([chosen]) as kept:
        for x, _ in chunks(images, None, chunk):
            kept.clear()
            network(x)
            maps = as_maps(kept[-1][1], x) if kept else None
            if maps is None:
                raise ModelError("the layer puts out no maps; give another `layer`.")
            checks.between("unit", unit, 0, maps.shape[1] - 1)
            grid = (int(maps.shape[2]), int(maps.shape[3]))
            value, place = maps[:, unit].flatten(1).max(1)
            values.append(value)
            places.append(place)
    best = torch.cat(values).topk(min(count, len(images)))
    place = torch.cat(places)[best.indices]
    return _cut(images, best.values, best.indices, place, grid, size)


def _cut(
    images: Tensor,
    values: Tensor,
    indices: Tensor,
    place: Tensor,
    grid: tuple[int, int],
    size: int | None,
) -> Patches:
    sides = images.shape[2:]
    cells = [side / count for side, count in zip(sides, grid, strict=True)]
    size = round(_CELLS * max(cells)) if size is None else size
    size = min(size, *sides)
    checks.positive("size", size)
    cell = torch.stack([place // grid[1], place % grid[1]], 1).double()
    centre = (cell + 0.5) * cell.new_tensor(cells)
    most = torch.tensor([side - size for side in sides], device=place.device)
    corners = (centre - size / 2).round().long().clamp_min(0).minimum(most)
    patches = [
        images[i, :, row : row + size, column : column + size]
        for i, (row, column) in zip(indices.tolist(), corners.tolist(), strict=True)
    ]
    return Patches(torch.stack(patches), values, indices, corners)
