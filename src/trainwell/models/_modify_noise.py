"""Put layers that draw at random where each of them belongs."""

import copy
import inspect
from collections.abc import Callable

import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.core.techniques import builders
from trainwell.layers.activations import is_activation
from trainwell.layers.stochastic import survival_probability, swap_drop_connect
from trainwell.models._residual import residual_blocks
from trainwell.models._types import ModelSpec, Modification, example


def add_noise(model: nn.Module, edit: Modification, spec: ModelSpec) -> tuple[str, ...]:
    """Change the model in place; say where.

    dropout: before every linear map that does not read the image itself, or before the
        only one.
    channel_dropout: after every convolution's activation.
    drop_connect: in every linear map that feeds an activation, or in the only one.
    fractional_max_pool: in place of every max pooling.
    stochastic_depth, shake_drop: in the branch of every residual block.

    Raises:
        ModelError: If the model has no such place.
    """
    places = _PLACES[edit.name](model, edit, spec)
    if not places:
        raise ModelError(
            f"noise `{edit.name}` finds no place in {spec.name}: it goes "
            f"{_WHERE[edit.name]}."
        )
    return (f"{edit.name} {_WHERE[edit.name]}: {', '.join(places)}.",)


def _before_linear(model: nn.Module, edit: Modification, spec: ModelSpec) -> list[str]:
    linear = _linear(model)
    convolutional = any(isinstance(m, nn.Conv2d) for m in model.modules())
    places = linear if convolutional or len(linear) == 1 else linear[1:]
    for name in places:
        layer = model.get_submodule(name)
        model.set_submodule(name, nn.Sequential(_layer(edit), layer))
    return places


def _after_activation(
    model: nn.Module, edit: Modification, spec: ModelSpec
) -> list[str]:
    maps = _activations_of_maps(model, spec)
    for name in maps:
        layer = model.get_submodule(name)
        model.set_submodule(name, nn.Sequential(layer, _layer(edit)))
    return maps


def _in_linear(model: nn.Module, edit: Modification, spec: ModelSpec) -> list[str]:
    linear = _linear(model)
    if len(linear) > 1:
        lines = swap_drop_connect(model, **edit.arguments)
        return [line.partition(":")[0] for line in lines]
    for name in linear:
        layer = model.get_submodule(name)
        assert isinstance(layer, nn.Linear)
        model.set_submodule(name, builders("noise")[edit.name](layer, **edit.arguments))
    return linear


def _for_pooling(model: nn.Module, edit: Modification, spec: ModelSpec) -> list[str]:
    places = [n for n, m in model.named_modules() if isinstance(m, nn.MaxPool2d)]
    for name in places:
        model.set_submodule(name, _layer(edit))
    return places


def _in_branches(model: nn.Module, edit: Modification, spec: ModelSpec) -> list[str]:
    blocks = residual_blocks(model)
    builder = builders("noise")[edit.name]
    default = inspect.signature(builder).parameters["p"].default
    p = float(edit.arguments.get("p", default))
    for i, block in enumerate(blocks):
        block.branch_noise = builder(
            p=1 - survival_probability(i, len(blocks), last=1 - p)
        )
    names = {m: n for n, m in model.named_modules()}
    return [names[block] for block in blocks]


def _layer(edit: Modification) -> nn.Module:
    layer: nn.Module = builders("noise")[edit.name](**edit.arguments)
    return layer


def _linear(model: nn.Module) -> list[str]:
    return [n for n, m in model.named_modules() if type(m) is nn.Linear]


@torch.no_grad()
def _activations_of_maps(model: nn.Module, spec: ModelSpec) -> list[str]:
    """Return the activations that see maps, not vectors."""
    found: dict[str, bool] = {}
    trial = copy.deepcopy(model).eval()
    for name, module in trial.named_modules():
        if is_activation(module):
            module.register_forward_hook(
                lambda _, inputs, __, name=name: found.update(
                    {name: inputs[0].ndim == 4}
                )
            )
    trial(example(spec))
    return [name for name, maps in found.items() if maps]


_PLACES: dict[str, Callable[[nn.Module, Modification, ModelSpec], list[str]]] = {
    "dropout": _before_linear,
    "channel_dropout": _after_activation,
    "drop_connect": _in_linear,
    "fractional_max_pool": _for_pooling,
    "stochastic_depth": _in_branches,
    "shake_drop": _in_branches,
}
_WHERE = {
    "dropout": "before linear maps of features",
    "channel_dropout": "after activations of maps",
    "drop_connect": "in linear maps",
    "fractional_max_pool": "in place of max pooling",
    "stochastic_depth": "in the branches of residual blocks",
    "shake_drop": "in the branches of residual blocks",
}
