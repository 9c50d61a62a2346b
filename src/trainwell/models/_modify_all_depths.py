"""Let the head read every block, not only the last one.

    f_k(x) = w_k . clip((z(x) - mean) / std, -5, 5) + b_k
    z = means over the image of every block's output, and maxima of the upper half's

mean and std are those of the training images, once the head is solved for.

Use: with pretrained weights on images that differ from those they were trained on: what
tells your classes apart may lie at any depth. With `transfer.solve=true` it learns in
seconds.
Side effects: the head has as many inputs as all blocks have channels together, and each
output of a block is read twice.
Source: Evci et al., "Head2Toe", 2022, https://arxiv.org/abs/2201.03529
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from trainwell.core.errors import ModelError
from trainwell.core.modes import evaluating
from trainwell.models._modify_head import ends_in

_CLIP = 5.0  # standard deviations; a number further out says no more
_TOKENS = 3  # dimensions of (batch, tokens, channels)
_FLAT: dict[int, Callable[[Tensor], Tensor]] = {
    2: lambda numbers: numbers[:, :, None],
    _TOKENS: lambda tokens: tokens.transpose(1, 2),
    4: lambda maps: maps.flatten(2),
}
"""From an output, by its dimensions, to (batch, channels, places)."""


class _Outputs:
    """What the blocks put out in the forward pass of this thread."""

    def __init__(self) -> None:
        self.of_threads: dict[int, dict[int, Tensor]] = {}

    def keep(self, number: int, output: Tensor) -> None:
        self.of_threads.setdefault(threading.get_ident(), {})[number] = output

    def take(self) -> dict[int, Tensor]:
        return self.of_threads.pop(threading.get_ident(), {})

    def __deepcopy__(self, memo: dict[int, Any]) -> "_Outputs":
        return _Outputs()


class _Keep:
    """Hook that keeps the output of one block; a copy of a network has its own."""

    def __init__(self, outputs: _Outputs, number: int) -> None:
        self.outputs, self.number = outputs, number

    def __call__(self, module: nn.Module, inputs: object, output: Any) -> None:  # noqa: ANN401
        self.outputs.keep(
            self.number, output[0] if isinstance(output, tuple) else output
        )


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
        return ((numbers - self.mean) / self.std).clamp(-_CLIP, _CLIP)


class AllDepths(nn.Module):
    """A linear map of numbers from every block.

    Args:
        outputs: What the blocks put out.
        shapes: Shape of what each of them puts out.
        num_classes: Outputs.
    """

    def __init__(
        self, outputs: _Outputs, shapes: Sequence[torch.Size], num_classes: int
    ) -> None:
        super().__init__()
        self.outputs = outputs
        self.dimensions = [len(shape) for shape in shapes]
        sizes = [s[2] if len(s) == _TOKENS else s[1] for s in shapes]
        width = sum(sizes) + sum(sizes[len(sizes) // 2 :])
        self.standardized = Standardized(width)
        self.linear = nn.Linear(width, num_classes)

    def forward(self, features: Tensor) -> Tensor:
        """Return the logits; what the last block hands over is read as all others."""
        seen = self.outputs.take()
        flat = [_FLAT[n](seen[i]) for i, n in enumerate(self.dimensions)]
        means = [each.mean(-1) for each in flat]
        maxima = [each.amax(-1) for each in flat[len(flat) // 2 :]]
        numbers = torch.cat([*means, *maxima], 1).float()
        logits: Tensor = self.linear(self.standardized(numbers))
        return logits


def read_all_depths(
    model: nn.Module, images: Tensor, *, blocks: Sequence[str]
) -> tuple[str, ...]:
    """Put a head that reads every block in place of the last layer, in place.

    Args:
        model: A network that ends in a linear map.
        images: Two or more that it reads.
        blocks: Names of the modules whose outputs are read, maps or tokens.

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
    outputs = _Outputs()
    for number, block in enumerate(blocks):
        modules[block].register_forward_hook(_Keep(outputs, number))
    with evaluating(model, []):
        model(images)
    seen = outputs.take()
    if len(seen) < len(blocks) or any(x.ndim not in _FLAT for x in seen.values()):
        raise ModelError("a head on all depths needs blocks that put out maps.")
    shapes = [seen[i].shape for i in range(len(blocks))]
    head = AllDepths(outputs, shapes, last.out_features).to(images.device)
    model.set_submodule(name, head)
    if not ends_in(model, head, images):
        raise ModelError(f"the model does not end in `{name}`, its last linear layer.")
    width = head.linear.in_features
    return (f"head: reads {len(blocks)} blocks, {width} numbers.",)
