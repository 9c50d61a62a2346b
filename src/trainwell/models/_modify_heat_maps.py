"""Put a head of heat maps in place of the last layer; see `HeatMaps`."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from trainwell.core.errors import ModelError
from trainwell.core.modes import evaluating
from trainwell.layers.heatmaps import GaussianPeaks, SoftArgmax
from trainwell.models._block_outputs import BlockOutputs
from trainwell.models._heat_maps import HeatMaps
from trainwell.models._modify_head import ends_in

_FINEST, _ALWAYS = 4, 16  # pixels per cell at least; cells a side that are always few
_MAPS = 4  # dimensions of (batch, channels, height, width)


class _Keep:
    """Hook that keeps the output of one block; a copy of a network has its own."""

    def __init__(self, outputs: BlockOutputs, number: int) -> None:
        self.outputs, self.number = outputs, number

    def __call__(self, module: nn.Module, inputs: object, output: Any) -> None:  # noqa: ANN401
        self.outputs.keep(self.number, output)


def read_soft_argmax(
    model: nn.Module, images: Tensor, *, blocks: Sequence[str]
) -> tuple[str, ...]:
    """Put a head of heat maps that answers with their mean places, in place.

    Args:
        model: A network that ends in a linear map of two outputs per point.
        images: Two or more that it reads.
        blocks: Names of the modules that may be read, from the first to the last.

    Raises:
        ModelError: If there are no two outputs per point, no block puts out maps, or
            the model does not end in a linear map.

    Example:
        >>> from trainwell.models import create, read_soft_argmax
        >>> model = create("resnet18", num_classes=6, image_size=32).model
        >>> images, names = torch.rand(2, 3, 32, 32), ["layer1", "layer2", "layer3"]
        >>> read_soft_argmax(model, images, blocks=names)
        ('head: 3 heat maps of 8x8 cells, of 3 resolutions.',)
    """
    return _read(model, images, blocks, SoftArgmax(), on_maps=False)


def read_heatmap(
    model: nn.Module, images: Tensor, *, blocks: Sequence[str]
) -> tuple[str, ...]:
    """Put a head of heat maps that answers with the tops of their bumps, in place.

    Arguments and errors are those of `read_soft_argmax`.

    Example:
        >>> from trainwell.models import create, read_heatmap
        >>> model = create("resnet18", num_classes=6, image_size=32).model
        >>> images = torch.rand(2, 3, 32, 32)
        >>> _ = read_heatmap(model, images, blocks=["layer1", "layer2"])
        >>> model.train()(images).shape, model.eval()(images).shape
        (torch.Size([2, 192]), torch.Size([2, 6]))
    """
    return _read(model, images, blocks, GaussianPeaks(), on_maps=True)


def _read(
    model: nn.Module,
    images: Tensor,
    blocks: Sequence[str],
    answer: nn.Module,
    *,
    on_maps: bool,
) -> tuple[str, ...]:
    linear = {n: m for n, m in model.named_modules() if type(m) is nn.Linear}
    modules = dict(model.named_modules())
    if not linear or any(name not in modules for name in blocks):
        raise ModelError("the model has no such blocks, or no linear last layer.")
    name, last = list(linear.items())[-1]
    if last.out_features % 2:
        raise ModelError(f"points need two outputs each, got {last.out_features}.")
    outputs = BlockOutputs()
    handles = [
        modules[block].register_forward_hook(_Keep(outputs, number))
        for number, block in enumerate(blocks)
    ]
    with evaluating(model, handles):
        model(images)
    shapes = _finest_of_each(outputs.take(), images.shape)
    if not shapes:
        raise ModelError("it needs a network of which blocks put out maps.")
    for number in shapes:
        modules[blocks[number]].register_forward_hook(_Keep(outputs, number))
    count = last.out_features // 2
    head = HeatMaps(outputs, shapes, count, answer, on_maps=on_maps).to(images.device)
    model.set_submodule(name, head)
    if not ends_in(model, head, images):
        raise ModelError(f"the model does not end in `{name}`, its last linear layer.")
    rows, columns = head.size
    return (
        f"head: {count} heat maps of {rows}x{columns} cells, of {len(shapes)} "
        f"{'resolution' if len(shapes) == 1 else 'resolutions'}.",
    )


def _finest_of_each(
    seen: Mapping[int, Any], image: torch.Size
) -> dict[int, torch.Size]:
    """Return the last block of every resolution, and the shape of its maps.

    Resolutions are left out that are finer than a quarter of the image, and than 16
    cells a side; so are maps of one row or column.
    """
    most = [max(side // _FINEST, _ALWAYS) for side in image[2:]]
    found: dict[tuple[int, ...], tuple[int, torch.Size]] = {}
    for number, output in sorted(seen.items()):
        if not isinstance(output, Tensor) or output.ndim != _MAPS:
            continue
        sides = tuple(output.shape[2:])
        if min(sides) > 1 and all(a <= b for a, b in zip(sides, most, strict=True)):
            found[sides] = (number, output.shape[1:])
    return dict(found.values())
