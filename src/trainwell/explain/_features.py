"""Features: what the last linear layer of a network reads.

Outputs of a layer that is named are averaged over places or tokens.

Use: to compare images as a network sees them, with `nearest_neighbors` and
`feature_map`.
Side effects: one forward pass.
Source: Donahue et al., "DeCAF: A Deep Convolutional Activation Feature for Generic
Visual Recognition", 2014, https://arxiv.org/abs/1310.1531
"""

from functools import partial

import torch
from torch import Tensor, nn

from trainwell.core.errors import ModelError
from trainwell.explain._layer_maps import Layer, named_layer, outputs_kept
from trainwell.explain._reading import reading
from trainwell.explain._scores import chunks

_MAPS = 4


def features(
    network: nn.Module, images: Tensor, *, layer: Layer = None, chunk: int = 64
) -> Tensor:
    """Return features, (n, numbers).

    Args:
        network: From images to outputs; it is left as it was.
        images: Standardised, (n, channels, height, width).
        layer: Layer, or its name, whose output is taken; by default the input of the
            last linear layer.
        chunk: Images at a time.

    Raises:
        ValueError: If an argument cannot be used.
        ModelError: If the network has no linear layer, or the layer takes no part.

    Example:
        >>> net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 8),
        ...     torch.nn.ReLU(), torch.nn.Linear(8, 2))
        >>> features(net, torch.rand(3, 1, 2, 2)).shape
        torch.Size([3, 8])
    """
    with reading(network), torch.no_grad():
        if layer is None:
            read = partial(_inputs, network, _last_linear(network))
        else:
            read = partial(_outputs, network, named_layer(network, layer))
        found = [_numbers(read(x)) for x, _ in chunks(images, None, chunk)]
    return torch.cat(found)


def _outputs(network: nn.Module, layer: nn.Module, images: Tensor) -> Tensor:
    with outputs_kept([layer]) as kept:
        network(images)
    if not kept:
        raise ModelError("the layer takes no part in the answer; give another `layer`.")
    return kept[-1][1]


def _inputs(network: nn.Module, layer: nn.Module, images: Tensor) -> Tensor:
    kept: list[Tensor] = []
    handle = layer.register_forward_pre_hook(lambda _, inputs: kept.append(inputs[0]))
    try:
        network(images)
    finally:
        handle.remove()
    if not kept:
        raise ModelError("the last linear layer takes no part; give `layer`.")
    return kept[-1]


def _numbers(output: Tensor) -> Tensor:
    if output.ndim == _MAPS:
        return output.mean((2, 3))
    return output.flatten(1, -2).mean(1) if output.ndim > 2 else output.clone()


def _last_linear(network: nn.Module) -> nn.Module:
    linear = [m for m in network.modules() if isinstance(m, nn.Linear)]
    if not linear:
        raise ModelError("the network has no linear layer; give `layer`.")
    return linear[-1]
