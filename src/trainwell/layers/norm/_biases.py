"""Find biases that a norm after them takes away again.

    norm(W x + b) = norm(W x)

where the norm subtracts the mean of each channel.

Use: when writing a network; pass `bias=False` to the layers named.
Side effects: none, the model is only read. A bias that stays is harmless but costs a
parameter, and weight decay or momentum may let it wander.
Source: Ioffe & Szegedy, "Batch Normalization", 2015, section 3.2,
https://arxiv.org/abs/1502.03167.
"""

from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.modules.conv import _ConvNd
from torch.nn.modules.instancenorm import _InstanceNorm

from trainwell.layers._graph import Calls
from trainwell.layers.norm._types import RunningNorm

_CENTRING = (_BatchNorm, _InstanceNorm, RunningNorm)


def biases_before_norm(model: nn.Module) -> tuple[str, ...]:
    """Name the convolutions and linear maps with a useless bias.

    A model that `torch.fx` cannot trace gives none.

    Example:
        >>> from trainwell.layers.norm import biases_before_norm
        >>> from torch import nn
        >>> model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
        >>> biases_before_norm(model)
        ('0',)
    """
    return tuple(
        before
        for before, after in Calls(model).pairs()
        if isinstance(model.get_submodule(after), _CENTRING)
        if isinstance(layer := model.get_submodule(before), (_ConvNd, nn.Linear))
        if layer.bias is not None
    )
