"""What meets the weights of a linear layer or a convolution, row by row."""

import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn

Layer = nn.Linear | nn.Conv2d


def has_rows(module: nn.Module) -> bool:
    """Tell whether a layer is one matrix that meets every position alike.

    Example:
        >>> from torch import nn
        >>> from trainwell.core.layer_rows import has_rows
        >>> has_rows(nn.Conv2d(4, 4, 3)), has_rows(nn.Conv2d(4, 4, 3, groups=2))
        (True, False)
    """
    if isinstance(module, nn.Conv2d):
        plain = module.groups == 1 and module.padding_mode == "zeros"
        return plain and not isinstance(module.padding, str)
    return isinstance(module, nn.Linear)


def input_rows(layer: Layer, x: Tensor, *, bias: bool) -> Float[Tensor, "rows inputs"]:
    """Return what meets the weights at every position, one row each.

    Example:
        >>> import torch
        >>> from trainwell.core.layer_rows import input_rows
        >>> layer = torch.nn.Conv2d(3, 4, 2)
        >>> input_rows(layer, torch.zeros(5, 3, 4, 4), bias=True).shape
        torch.Size([45, 13])
    """
    if isinstance(layer, nn.Conv2d):
        patches = F.unfold(
            x,
            layer.kernel_size,
            dilation=layer.dilation,
            padding=layer.padding,  # type: ignore[arg-type]
            stride=layer.stride,
        )
        rows = patches.transpose(1, 2).flatten(0, 1)
    else:
        rows = x.reshape(-1, x.shape[-1])
    return F.pad(rows, (0, 1), value=1.0) if bias else rows


def output_rows(layer: Layer, g: Tensor) -> Float[Tensor, "rows outputs"]:
    """Return the gradients at every position, one row each.

    Example:
        >>> import torch
        >>> from trainwell.core.layer_rows import output_rows
        >>> output_rows(torch.nn.Conv2d(3, 4, 2), torch.zeros(5, 4, 3, 3)).shape
        torch.Size([45, 4])
    """
    if isinstance(layer, nn.Conv2d):
        return g.flatten(2).transpose(1, 2).flatten(0, 1)
    return g.reshape(-1, g.shape[-1])
