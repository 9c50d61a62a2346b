"""What the head of a network reads, computed as fast as it can be; and its new head."""

import torch
from torch import Tensor, nn

from trainwell.core.device import computes_in_bfloat16
from trainwell.core.modes import evaluating
from trainwell.layers.norm import fold_batch_norm
from trainwell.models import AllDepths
from trainwell.transfer import LinearHead


class HeadInputs:
    """The numbers that the head of a network reads.

    Args:
        model: Ends in a linear map; it is not changed by computing.
        quick: Compute in bfloat16 where the device does so faster.
    """

    def __init__(self, model: nn.Module, *, quick: bool) -> None:
        self.model = model
        device = next(model.parameters()).device
        half = quick and computes_in_bfloat16(device)
        self.dtype = torch.bfloat16 if half else torch.float32
        fast = fold_batch_norm(model)
        head = _head(fast)
        self.reader: nn.Module = head
        if isinstance(head, AllDepths):
            self.reader = head.standardized
            head.linear = nn.Identity()  # type: ignore[assignment]  # no half numbers
        self.fast = fast.to(self.dtype, memory_format=torch.channels_last)  # type: ignore[call-overload]

    def __call__(self, images: Tensor) -> Tensor:
        """Return the numbers, (batch, numbers) or (batch, parts, numbers)."""
        kept: list[Tensor] = []
        handle = self.reader.register_forward_pre_hook(
            lambda _, inputs: kept.append(inputs[0].float())
        )
        with evaluating(self.fast, [handle]):
            self.fast(images.to(self.dtype, memory_format=torch.channels_last))
        return kept[0]

    def put(self, solved: LinearHead) -> None:
        """Give the network its head, in place."""
        head, weight, bias = _head(self.model), solved.weight, solved.bias
        with torch.no_grad():
            if isinstance(head, AllDepths):
                head.standardized.mean.copy_(solved.mean)
                head.standardized.std.copy_(solved.std)
                head = head.linear
            else:  # it has nothing that standardises
                weight = weight / solved.std
                bias = bias - weight @ solved.mean
            head.weight.copy_(weight)
            head.bias.copy_(bias)


def _head(model: nn.Module) -> AllDepths | nn.Linear:
    """Return the layer that puts out the logits."""
    kinds = [m for m in model.modules() if isinstance(m, AllDepths)]
    linear = [m for m in model.modules() if type(m) is nn.Linear]
    return kinds[0] if kinds else linear[-1]
