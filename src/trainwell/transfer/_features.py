"""Features: what each block puts out, averaged over cells of the image.

Use: as inputs of a linear classifier; see `probe`.
Side effects: none; the model evaluates and stays as it is.
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
    """Return, per block below the head, (n, d) with d at most about 1024.

    Args:
        model: The network.
        found: Its blocks, the head last.
        images: A batch.
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
