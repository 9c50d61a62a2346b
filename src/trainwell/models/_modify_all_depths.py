"""Let the head read every block, not only the last one.

    f_k(x) = w_k . clip((z(x) - mean) / std, -5, 5) + b_k
    z = for every block: means over the image of its output; in the upper half, maxima
        or, with cells: means over 8 x 8 parts of the image, in the upper half 4 x 4

mean and std are those of the training images, once the head is solved for.

Use: with pretrained weights on images that differ from those they were trained on: what
tells your classes apart may lie at any depth. With `transfer.solve=true` it learns in
seconds. Cells keep where something is, as points need.
Side effects: the head has as many inputs as all blocks have channels together, and each
output of a block is read twice.
Source: Evci et al., "Head2Toe", 2022, https://arxiv.org/abs/2201.03529
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from trainwell.core.errors import ModelError
from trainwell.core.modes import evaluating
from trainwell.core.tensors import clipped_scores
from trainwell.models._block_outputs import BlockOutputs
from trainwell.models._modify_head import ends_in

_FINE, _COARSE = 8, 4  # cells a side
_TOKENS = 3  # dimensions of (batch, tokens, channels)
_FLAT: dict[int, Callable[[Tensor], Tensor]] = {
    2: lambda numbers: numbers[:, :, None],
    _TOKENS: lambda tokens: tokens.transpose(1, 2),
    4: lambda maps: maps.flatten(2),
}
"""From an output, by its dimensions, to (batch, channels, places)."""


class _Keep:
    """Hook that keeps the numbers of one block; a copy of a network has its own.

    Args:
        outputs: Where they are kept.
        number: Of the block.
        maxima: Whether the maxima are kept beside the means.
        cells: Cells a side whose means are kept instead, about; 0 for none.
    """

    def __init__(
        self, outputs: BlockOutputs, number: int, *, maxima: bool, cells: int = 0
    ) -> None:
        self.outputs, self.number, self.maxima = outputs, number, maxima
        self.cells = cells
        self.dimensions = 0  # of the output; unknown before the first one

    def __call__(self, module: nn.Module, inputs: object, output: Any) -> None:  # noqa: ANN401
        output = output[0] if isinstance(output, tuple) else output
        self.dimensions = self.dimensions or output.ndim
        if self.dimensions not in _FLAT:
            return
        if self.cells and self.dimensions == 4:
            self.outputs.keep(self.number, _in_cells(output, self.cells).float())
            return
        flat = _FLAT[self.dimensions](output)
        parts = [flat.mean(-1), *([flat.amax(-1)] if self.maxima else [])]
        self.outputs.keep(self.number, torch.cat(parts, 1).float())


def _in_cells(maps: Tensor, cells: int) -> Tensor:
    """Return the means over parts of about so many a side, (batch, numbers)."""
    kernel = [max(1, round(side / cells)) for side in maps.shape[2:]]
    return F.avg_pool2d(maps, kernel).flatten(1)


class Standardized(nn.Module):
    """Numbers in standard deviations of the training images, within 5 of the mean.

    Args:
        width: Numbers per image.
    """

    mean: Tensor
    std: Tensor

    def __init__(self, width: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(width))
        self.register_buffer("std", torch.ones(width))

    def forward(self, numbers: Tensor) -> Tensor:
        """Return them; shapes (batch, width)."""
        return clipped_scores(numbers, self.mean, self.std)


class AllDepths(nn.Module):
    """A linear map of numbers from every block.

    Args:
        outputs: The numbers of the blocks.
        width: How many they are together.
        num_classes: Outputs.
    """

    def __init__(self, outputs: BlockOutputs, width: int, num_classes: int) -> None:
        super().__init__()
        self.outputs = outputs
        self.standardized = Standardized(width)
        self.linear = nn.Linear(width, num_classes)

    def forward(self, features: Tensor) -> Tensor:
        """Return the logits; what the last block hands over is read as all others."""
        seen = self.outputs.take()
        numbers = torch.cat([seen[i] for i in sorted(seen)], 1)
        if threading.get_ident() in self.outputs.raw:
            return numbers
        logits: Tensor = self.linear(self.standardized(numbers))
        return logits


def read_all_depths(
    model: nn.Module, images: Tensor, *, blocks: Sequence[str], cells: bool = False
) -> tuple[str, ...]:
    """Put a head that reads every block in place of the last layer, in place.

    Args:
        model: A network that ends in a linear map.
        images: Two or more that it reads.
        blocks: Names of the modules whose outputs are read, maps or tokens.
        cells: Read the means over 8 x 8 parts of the image, or 4 x 4 in the upper half,
            in place of those over all of it.

    Raises:
        ModelError: If the model does not end in a linear map, or has no such modules.

    Example:
        >>> from trainwell.models import create, read_all_depths
        >>> model = create("resnet18", num_classes=3, image_size=32).model
        >>> images, names = torch.rand(2, 3, 32, 32), ["layer2", "layer4"]
        >>> read_all_depths(model, images, blocks=names)
        ('head: reads 2 blocks, 1152 numbers.',)
    """
    linear = {n: m for n, m in model.named_modules() if type(m) is nn.Linear}
    modules = dict(model.named_modules())
    if not linear or not blocks or any(name not in modules for name in blocks):
        raise ModelError("the model has no such blocks, or no linear last layer.")
    name, last = list(linear.items())[-1]
    outputs = BlockOutputs()
    for number, block in enumerate(blocks):
        upper = number >= len(blocks) // 2
        of_cells = (_COARSE if upper else _FINE) if cells else 0
        keep = _Keep(outputs, number, maxima=upper, cells=of_cells)
        modules[block].register_forward_hook(keep)
    with evaluating(model, []):
        model(images)
    seen = outputs.take()
    if len(seen) < len(blocks):
        raise ModelError("a head on all depths needs blocks that put out maps.")
    width = sum(numbers.shape[1] for numbers in seen.values())
    head = AllDepths(outputs, width, last.out_features).to(images.device)
    model.set_submodule(name, head)
    if not ends_in(model, head, images):
        raise ModelError(f"the model does not end in `{name}`, its last linear layer.")
    return (f"head: reads {len(blocks)} blocks, {width} numbers.",)
