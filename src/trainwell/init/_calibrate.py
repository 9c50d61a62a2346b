"""Look at what layers of a model put out on a batch, one after another.

Use: by initialisers that look at data.
Side effects: none within `core.modes.batch_statistics`, where noise is off.

Source: definition.
"""

import torch
from torch import Tensor, nn
from torch.nn.modules.conv import _ConvNd

from trainwell.init._walk import weighted_layers


class _Reached(Exception):  # noqa: N818
    """The layer has put out; what follows need not be computed."""


def layers_in_order(model: nn.Module, images: Tensor) -> list[nn.Module]:
    """Return the layers with trained weights in the order in which they are called."""
    order: list[nn.Module] = []
    handles = [
        layer.register_forward_pre_hook(lambda m, _: order.append(m))
        for layer in weighted_layers(model).values()
    ]
    try:
        with torch.no_grad():
            model(images)
    finally:
        for handle in handles:
            handle.remove()
    return list(dict.fromkeys(order))


@torch.no_grad()
def output_of(model: nn.Module, layer: nn.Module, images: Tensor) -> Tensor:
    """Return what one layer puts out, in float32, computing no further than it."""
    seen: list[Tensor] = []

    def stop(module: nn.Module, inputs: object, output: Tensor) -> None:
        seen.append(output.float())
        raise _Reached

    handle = layer.register_forward_hook(stop)
    try:
        model(images)
    except _Reached:
        pass
    finally:
        handle.remove()
    return seen[0]


def parameters_of(layer: nn.Module) -> tuple[Tensor, Tensor | None]:
    """Return weight and bias of a layer."""
    assert isinstance(layer, _ConvNd | nn.Linear)
    return layer.weight, layer.bias
