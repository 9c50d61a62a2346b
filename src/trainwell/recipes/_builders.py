"""What a recipe may name: the public functions of the technique packages.

Nothing is registered: a function belongs to a section by its signature, so a new public
technique can be named in a recipe at once.
"""

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType, ModuleType
from typing import Any

from torch import nn

from trainwell import init, losses, optim, preprocess, schedules
from trainwell.augment import policies
from trainwell.layers import activations, noise, norm
from trainwell.losses import penalties
from trainwell.models import NOISE
from trainwell.optim import gradients
from trainwell.training import FindTicket, PruneGradually

Builder = Callable[..., Any]


def section_names() -> tuple[str, ...]:
    """Return the sections that name a technique."""
    return tuple(_SECTIONS)


@cache
def builders(section: str) -> Mapping[str, Builder]:
    """Return what a section may name, with the function behind each name."""
    return MappingProxyType(_SECTIONS[section]())


def _names(function: Builder) -> list[str]:
    return list(inspect.signature(function).parameters)


def _first(*names: str) -> Callable[[Builder], bool]:
    """Tell functions whose first parameters have these names."""
    return lambda function: _names(function)[: len(names)] == list(names)


def _returns(kind: type) -> Callable[[Builder], bool]:
    """Tell functions that are annotated to return this, and need no argument."""

    def belongs(function: Builder) -> bool:
        returned = inspect.signature(function).return_annotation
        return isinstance(returned, type) and issubclass(returned, kind)

    return belongs


def _penalty(function: Builder) -> bool:
    first, *others = inspect.signature(function).parameters.values()
    return first.name == "weights" and all(p.default is not p.empty for p in others)


def _preprocess(function: Builder) -> bool:
    return _names(function)[:1] == ["shape"] or _names(function) == [
        "images",
        "channels",
    ]


def _init(function: Builder) -> bool:
    return _names(function)[0] in ("weight", "model") and function not in _NO_INIT


def _norm(function: Builder) -> bool:
    return (
        _names(function)[:1] == ["num_features"] and function is not norm.batch_norm_1d
    )


def _optimizer(function: Builder) -> bool:
    return _names(function)[1:2] == ["lr"] and _names(function)[0] in (
        "params",
        "model",
    )


def _schedule(function: Builder) -> bool:
    returned = inspect.signature(function).return_annotation
    needed = [
        p
        for p in inspect.signature(function).parameters.values()
        if p.default is p.empty
    ]
    return (returned is schedules.Schedule and not needed) or _names(function)[
        0
    ] == "values"


def _found(
    package: ModuleType, belongs: Callable[[Builder], bool]
) -> dict[str, Builder]:
    """Return the public functions of a package that belong."""
    return {
        name: value
        for name, value in vars(package).items()
        if inspect.isfunction(value) and not name.startswith("_") and belongs(value)
    }


_SECTIONS: dict[str, Callable[[], dict[str, Builder]]] = {
    "preprocess": lambda: {
        name.removeprefix("fit_"): f
        for name, f in _found(preprocess, _preprocess).items()
    },
    "activation": lambda: _found(activations, _returns(nn.Module)),
    "norm": lambda: {
        **_found(norm, _norm),
        "weight_norm": norm.weight_norm,
        "none": nn.Identity,
    },
    "init": lambda: _found(init, _init),
    "noise": lambda: {name: getattr(noise, name) for name in NOISE},
    "loss": lambda: _found(losses, _first("outputs", "targets")),
    "penalty": lambda: _found(penalties, _penalty),
    "optimizer": lambda: _found(optim, _optimizer),
    "gradients": lambda: _found(gradients, _first("params")),
    "schedule": lambda: _found(schedules, _schedule),
    "augment": lambda: {
        "autoaugment": policies.autoaugment,
        "color_jitter": policies.ColorJitter,
        "ctaugment": policies.CTAugment,
        "randaugment": policies.RandAugment,
        "trivialaugment": policies.TrivialAugment,
    },
    "prune": lambda: {"magnitude": PruneGradually, "lottery_ticket": FindTicket},
}
_NO_INIT = {init.every_weight, init.weighted_layers, init.fixup_layers}
