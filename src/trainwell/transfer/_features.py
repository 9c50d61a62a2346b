"""Features: the outputs of each block, averaged over cells of the image.

Use: as inputs of a linear classifier; see `probe`.
Side effects: none; the model runs in evaluation mode and is not changed.
Source: Alain & Bengio, "Understanding intermediate layers using linear classifier
probes", 2016, https://arxiv.org/abs/1610.01644
"""

from collections.abc import Sequence

import torch.nn.functional as F
from torch import Tensor, nn

from trainwell.core.modes import evaluating
from trainwell.models import num_cells
from trainwell.transfer._blocks import Block


def features(model: nn.Module, found: Sequence[Block], images: Tensor) -> list[Tensor]:
    """Return features (n, d) of each block below the head, d at most about 1024.

    Args:
        model: Network.
        found: Blocks of the network, the head last.
        images: Batch of n images.

    Example:
        >>> net = torch.nn.Sequential(
        ...     torch.nn.Linear(4, 3), torch.nn.ReLU(), torch.nn.Linear(3, 2))
        >>> images = torch.randn(6, 4)
        >>> [f.shape for f in features(net, blocks(net, images), images)]
        [torch.Size([6, 3])]
    """
    seen: dict[int, Tensor] = {}

    def keep(number: int, output: Tensor) -> None:
        seen[number] = _averaged(output)

    handles = [
        block.modules[-1].register_forward_hook(
            lambda module, inputs, output, i=i: keep(i, output)
        )
        for i, block in enumerate(found[:-1])
    ]
    with evaluating(model, handles):
        model(images)
    return [seen[i] for i in range(len(found) - 1)]


def _averaged(output: Tensor | tuple[Tensor, ...]) -> Tensor:
    x = output[0] if isinstance(output, tuple) else output
    x = x.float()
    if x.ndim == 4:
        x = F.adaptive_avg_pool2d(x, num_cells(x.shape))
    elif x.ndim == 3:
        x = x.mean(1)  # tokens
    return x.flatten(1).cpu()
