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
        self.reader = _reader(fast)
        for module in fast.modules():
            if isinstance(module, AllDepths):  # float32 numbers do not fit a half map
                module.linear = nn.Identity()  # type: ignore[assignment]
        self.fast = fast.to(self.dtype, memory_format=torch.channels_last)  # type: ignore[call-overload]

    def __call__(self, images: Tensor) -> Tensor:
        """Return the numbers, (batch, numbers)."""
        kept: list[Tensor] = []
        handle = self.reader.register_forward_pre_hook(
            lambda _, inputs: kept.append(inputs[0].float())
        )
        with evaluating(self.fast, [handle]):
            self.fast(images.to(self.dtype, memory_format=torch.channels_last))
        return kept[0]

    def put(self, solved: LinearHead) -> None:
        """Give the network its head, in place."""
        reader = _reader(self.model)
        with torch.no_grad():
            if isinstance(reader, nn.Linear):
                weight = solved.weight / solved.std
                reader.weight.copy_(weight)
                reader.bias.copy_(solved.bias - weight @ solved.mean)
                return
            head = next(m for m in self.model.modules() if isinstance(m, AllDepths))
            head.standardized.mean.copy_(solved.mean)
            head.standardized.std.copy_(solved.std)
            head.linear.weight.copy_(solved.weight)
            head.linear.bias.copy_(solved.bias)


def _reader(model: nn.Module) -> nn.Module:
    """Return the module whose inputs are the features."""
    for module in model.modules():
        if isinstance(module, AllDepths):
            return module.standardized
    return [m for m in model.modules() if type(m) is nn.Linear][-1]
