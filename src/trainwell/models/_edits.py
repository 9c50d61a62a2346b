"""Change a finished architecture: what a specification lists as `edits`."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import torch
from torch import nn

from trainwell import init
from trainwell.core import checks
from trainwell.core.errors import ModelError
from trainwell.layers import activations, noise, norm
from trainwell.models._edit_head import use_cosine_head
from trainwell.models._edit_noise import add_noise
from trainwell.models._edit_preprocess import Preprocessed, stage_of
from trainwell.models._types import Edit, ModelSpec, example

KINDS = ("preprocess", "activation", "norm", "noise", "head", "fixup", "passes")
"""What an edit may change."""


def inner_spec(spec: ModelSpec) -> ModelSpec:
    """Return the specification of the network behind the preprocessing."""
    for edit in spec.edits:
        if edit.kind == "preprocess":
            return replace(spec, in_channels=stage_of(spec, edit).out_channels)
    return spec


def apply_edits(network: nn.Module, spec: ModelSpec) -> tuple[nn.Module, list[str]]:
    """Return the network with all edits made, and what they did, one line each.

    Args:
        network: Built from `inner_spec(spec)`; changed in place.
        spec: What is asked for.

    Raises:
        ModelError: If an edit does not fit the network.
    """
    messages: list[str] = []
    inner = inner_spec(spec)
    for edit in spec.edits:
        checks.one_of("kind", edit.kind, KINDS)
        if edit.kind in _EDITS:
            try:
                messages += _EDITS[edit.kind](network, edit, inner)
            except ValueError as error:
                raise ModelError(f"{edit.kind} `{edit.name}`: {error}") from error
    if messages:
        _try(network, inner)
    model = network
    for edit in spec.edits:
        if edit.kind == "preprocess":
            model = Preprocessed(stage_of(spec, edit), model)
        elif edit.kind == "passes":
            model = noise.Marginalised(model, **edit.arguments)
    return model, messages


def _activation(network: nn.Module, edit: Edit, spec: ModelSpec) -> list[str]:
    arguments = dict(edit.arguments)
    per_channel = arguments.pop("per_channel", False)
    if edit.name == "maxout":
        return activations.swap_maxout(network, **arguments)
    make = partial(getattr(activations, edit.name), **arguments)
    batch = example(spec) if per_channel else None
    return activations.swap_activation(network, make, batch)


def _norm(network: nn.Module, edit: Edit, spec: ModelSpec) -> list[str]:
    return list(norm.swap_norm(network, edit.name, **edit.arguments))


def _noise(network: nn.Module, edit: Edit, spec: ModelSpec) -> list[str]:
    return list(add_noise(network, edit, spec))


def _head(network: nn.Module, edit: Edit, spec: ModelSpec) -> list[str]:
    return list(use_cosine_head(network, **edit.arguments))


_EDITS: dict[str, Callable[[nn.Module, Edit, ModelSpec], list[str]]] = {
    "activation": _activation,
    "fixup": lambda network, *_: init.fixup_layers(network),
    "norm": _norm,
    "noise": _noise,
    "head": _head,
}


@torch.no_grad()
def _try(network: nn.Module, spec: ModelSpec) -> None:
    """Run one blank batch, so that a misfit is reported now and in words."""
    training = network.training
    try:
        network.eval()(example(spec))
    except RuntimeError as error:
        reason = str(error).splitlines()[0]
        raise ModelError(
            f"{spec.name} does not work with what was put into it: {reason}"
        ) from error
    network.train(training)
