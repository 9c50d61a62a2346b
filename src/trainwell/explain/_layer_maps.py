"""The maps that a layer puts out, and the gradients of the score by them.

Maps are (n, channels, height, width). Tokens, (n, tokens, channels), are laid out on
the grid of patches that they stand for; tokens in front of them, such as that of the
class, are left out.

Source: definition.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from trainwell.core.checks import did_you_mean
from trainwell.core.errors import ModelError
from trainwell.explain._scores import gradient, scores
from trainwell.explain._types import Target

Layer = str | nn.Module | None
_MAPS, _TOKENS, _MOST_IN_FRONT = 4, 3, 8  # axes of each; tokens that are no patches


@contextmanager
def outputs_kept(modules: list[nn.Module]) -> Iterator[list[tuple[nn.Module, Tensor]]]:
    """Keep what modules put out, in the order of their calls; a copy goes on.

    The copy may be changed in place by the next layer; what is kept is not.
    """
    kept: list[tuple[nn.Module, Tensor]] = []

    def keep(module: nn.Module, _: object, output: Any) -> Any:  # noqa: ANN401
        first = output[0] if isinstance(output, tuple) and output else output
        if not isinstance(first, Tensor):
            return output
        kept.append((module, first))
        on = first.clone()
        return (on, *output[1:]) if isinstance(output, tuple) else on

    handles: list[RemovableHandle] = []
    try:
        handles += [module.register_forward_hook(keep) for module in modules]
        yield kept
    finally:
        for handle in handles:
            handle.remove()


def as_maps(output: Tensor, like: Tensor) -> Tensor | None:
    """Return an output as maps of these images; None if it has no places."""
    if output.ndim == _MAPS and len(output) == len(like) and min(output.shape[2:]) > 1:
        return output
    if output.ndim != _TOKENS or len(output) != len(like):
        return None
    height, width = like.shape[2:]
    for in_front in range(_MOST_IN_FRONT + 1):
        count = output.shape[1] - in_front
        rows = round(math.sqrt(max(count, 0) * height / width))
        if rows > 1 and count % rows == 0 and rows * width == count // rows * height:
            patches = output[:, in_front:].transpose(1, 2)
            maps: Tensor = patches.unflatten(2, (rows, count // rows))
            return maps
    return None


def named_layer(network: nn.Module, layer: str | nn.Module) -> nn.Module:
    """Return a layer of the network.

    Raises:
        ValueError: If it has no such layer.
    """
    modules = dict(network.named_modules())
    found = modules.get(layer) if isinstance(layer, str) else layer
    if found is None or all(found is not module for module in modules.values()):
        near = did_you_mean(layer, modules) if isinstance(layer, str) else ""
        raise ValueError(
            f"`layer` must be a layer of the network, got {layer!r}.{near}"
        )
    return found


def layer_gradient(
    network: nn.Module, images: Tensor, target: Target, layer: nn.Module
) -> tuple[Tensor, Tensor]:
    """Return the maps of a layer and the gradients of the scores by them."""
    x = images.detach().clone().requires_grad_()
    with outputs_kept([layer]) as kept:
        score = scores(network(x.clone()), target)
    if not kept:
        raise ModelError("the layer takes no part in the answer; give another `layer`.")
    output = kept[-1][1]
    (slope,) = gradient(score, output)
    maps, slopes = as_maps(output, images), as_maps(slope, images)
    if maps is None or slopes is None:
        raise ModelError(
            "the layer puts out no maps or tokens with places, but shape "
            f"{tuple(output.shape)}; give another `layer`."
        )
    return maps.detach(), slopes


def last_maps(network: nn.Module, images: Tensor, target: Target) -> nn.Module:
    """Return the last layer that puts out maps on which the score depends.

    Raises:
        ModelError: If no layer does, as in a network of linear layers.
    """
    x = images[:1].detach().clone().requires_grad_()
    first = target[:1] if isinstance(target, Tensor) else target
    others = [module for module in network.modules() if module is not network]
    with outputs_kept(others) as kept:
        score = scores(network(x.clone()), first)
    found = [(m, y) for m, y in kept if as_maps(y, x) is not None and y.requires_grad]
    for module, output in reversed(found):
        slope = as_maps(_slope(score, output), x)
        if slope is not None and bool((slope != 0).any()):
            return module
    raise ModelError(
        "no layer of this network puts out maps that its answer depends on; `saliency` "
        "needs none."
    )


def _slope(score: Tensor, output: Tensor) -> Tensor:
    (found,) = torch.autograd.grad(
        score.sum(), (output,), retain_graph=True, allow_unused=True
    )
    return torch.zeros_like(output) if found is None else found
