"""Let the head read every block, not only the last one.

    f_k(x) = w_k . clip((z(x) - mean) / std, -5, 5) + b_k
    z = for every block: means over the image of its output; in the upper half, maxima
        or, with cells: means over 8 x 8 parts of the image, in the upper half 4 x 4
    with parts: f_k(x) = log sum_p exp(the same of z_p(x)), z_p = for every block: means
        over the p-th of 3 x 3 overlapping parts of the image, half as high and as wide

mean and std are those of the training images, once the head is solved for.

Use: with pretrained weights on images that differ from those they were trained on: what
tells your classes apart may lie at any depth. With `transfer.solve=true` it learns in
seconds. Cells keep where something is, as points need. Parts find what fills only some
of the image, as each of several labels does: one part that shows it is enough.
Side effects: the head has as many inputs as all blocks have channels together, and each
output of a block is read twice.
Source: Evci et al., "Head2Toe", 2022, https://arxiv.org/abs/2201.03529; parts: Pinheiro
& Collobert, "From image-level to pixel-level labeling", 2015, equation 2 with r = 1,
https://arxiv.org/abs/1411.6228
"""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from trainwell.core.errors import ModelError
from trainwell.core.modes import evaluating
from trainwell.core.tensors import clipped_scores, in_any_part
from trainwell.models._block_outputs import BlockOutputs
from trainwell.models._modify_head import ends_in
from trainwell.models._pooled import has_numbers, of_cells, of_image, of_parts

Pool = Callable[[Tensor], Tensor]
_FINE, _COARSE = 8, 4  # cells a side


class _Keep:
    """Hook that keeps the numbers of one block; a copy of a network has its own.

    Args:
        outputs: Where they are kept.
        number: Of the block.
        pool: From the output of the block to its numbers.
    """

    def __init__(self, outputs: BlockOutputs, number: int, pool: Pool) -> None:
        self.outputs, self.number, self.pool = outputs, number, pool

    def __call__(self, module: nn.Module, inputs: object, output: Any) -> None:  # noqa: ANN401
        output = output[0] if isinstance(output, tuple) else output
        if has_numbers(output):
            self.outputs.keep(self.number, self.pool(output).float())


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
        """Return them; shapes (batch, width), or (batch, parts, width)."""
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
        numbers = torch.cat([seen[i] for i in sorted(seen)], -1)
        if threading.get_ident() in self.outputs.raw:
            return numbers
        return in_any_part(self.linear(self.standardized(numbers)))


def read_all_depths(
    model: nn.Module,
    images: Tensor,
    *,
    blocks: Sequence[str],
    cells: bool = False,
    parts: bool = False,
) -> tuple[str, ...]:
    """Put a head that reads every block in place of the last layer, in place.

    Args:
        model: A network that ends in a linear map.
        images: Two or more that it reads.
        blocks: Names of the modules whose outputs are read, maps or tokens.
        cells: Read the means over 8 x 8 parts of the image, or 4 x 4 in the upper half,
            in place of those over all of it.
        parts: Read 3 x 3 overlapping parts of the image one by one; what any of them
            shows is there.

    Raises:
        ModelError: If the model does not end in a linear map, or has no such modules,
            or both `cells` and `parts` are given.

    Example:
        >>> from trainwell.models import create, read_all_depths
        >>> model = create("resnet18", num_classes=3, image_size=32).model
        >>> images, names = torch.rand(2, 3, 32, 32), ["layer2", "layer4"]
        >>> read_all_depths(model, images, blocks=names)
        ('head: reads 2 blocks, 1152 numbers.',)
    """
    if cells and parts:
        raise ModelError("`cells` and `parts` exclude each other; give one of them.")
    linear = {n: m for n, m in model.named_modules() if type(m) is nn.Linear}
    modules = dict(model.named_modules())
    if not linear or not blocks or any(name not in modules for name in blocks):
        raise ModelError("the model has no such blocks, or no linear last layer.")
    name, last = list(linear.items())[-1]
    outputs = BlockOutputs()
    for number, block in enumerate(blocks):
        pool = _pool(upper=number >= len(blocks) // 2, cells=cells, parts=parts)
        modules[block].register_forward_hook(_Keep(outputs, number, pool))
    with evaluating(model, []):
        model(images)
    seen = outputs.take()
    if len(seen) < len(blocks):
        raise ModelError("a head on all depths needs blocks that put out maps.")
    width = sum(numbers.shape[-1] for numbers in seen.values())
    head = AllDepths(outputs, width, last.out_features).to(images.device)
    model.set_submodule(name, head)
    if not ends_in(model, head, images):
        raise ModelError(f"the model does not end in `{name}`, its last linear layer.")
    return (f"head: reads {len(blocks)} blocks, {width} numbers.",)


def _pool(*, upper: bool, cells: bool, parts: bool) -> Pool:
    if parts:
        return of_parts
    if cells:
        return partial(of_cells, cells=_COARSE if upper else _FINE)
    return partial(of_image, maxima=upper)
