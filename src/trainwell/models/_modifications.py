"""Change a finished architecture: what a specification lists as `edits`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import torch
from torch import nn

from trainwell import init
from trainwell.core.errors import ModelError
from trainwell.core.modes import modes_kept
from trainwell.layers import activations, norm
from trainwell.models._modify_names import technique
from trainwell.models._modify_noise import add_noise
from trainwell.models._modify_preprocess import Preprocessed, stage_of
from trainwell.models._types import ModelSpec, Modification, example


def inner_spec(spec: ModelSpec) -> ModelSpec:
    """Return the specification of the network after the preprocessing.

    Raises:
        ModelError: If a modification names something unknown, or a stage does not fit.
    """
    for edit in spec.edits:
        technique(edit)
    stages = [edit for edit in spec.edits if edit.kind == "preprocess"]
    if len(stages) > 1:
        raise ModelError("there can be only one preprocessing stage.")
    for edit in stages:
        with _named(edit):
            return replace(spec, in_channels=stage_of(spec, edit).out_channels)
    return spec


def apply_modifications(
    network: nn.Module, spec: ModelSpec
) -> tuple[nn.Module, list[str]]:
    """Return the network with all modifications made, and what they did, one line each.

    Args:
        network: Built from `inner_spec(spec)`; changed in place.
        spec: The requested specification.

    Raises:
        ModelError: If an edit does not fit the network.
    """
    messages: list[str] = []
    inner = inner_spec(spec)
    for edit in spec.edits:
        if edit.kind in _EDITS:
            with _named(edit):
                messages += _EDITS[edit.kind](network, edit, inner)
    if messages:
        _try(network, inner)
    model = network
    for edit in spec.edits:
        with _named(edit):
            if edit.kind == "preprocess":
                model = Preprocessed(stage_of(spec, edit), model)
            elif edit.kind in ("looks", "passes"):
                model = technique(edit)(model, **edit.arguments)
    return model, messages


@contextmanager
def _named(edit: Modification) -> Iterator[None]:
    """Say of which edit an error speaks."""
    try:
        yield
    except (TypeError, ValueError) as error:  # of an argument's type, or its value
        reason = str(error).splitlines()[0]
        raise ModelError(f"{edit.kind} `{edit.name}`: {reason}") from error


def _activation(network: nn.Module, edit: Modification, spec: ModelSpec) -> list[str]:
    arguments = dict(edit.arguments)
    per_channel = arguments.pop("per_channel", False)
    if edit.name == "maxout":
        return activations.swap_maxout(network, **arguments)
    make = partial(technique(edit), **arguments)
    batch = example(spec) if per_channel else None
    return activations.swap_activation(network, make, batch)


def _norm(network: nn.Module, edit: Modification, spec: ModelSpec) -> list[str]:
    return list(norm.swap_norm(network, edit.name, **edit.arguments))


def _noise(network: nn.Module, edit: Modification, spec: ModelSpec) -> list[str]:
    return list(add_noise(network, edit, spec))


def _head(network: nn.Module, edit: Modification, spec: ModelSpec) -> list[str]:
    return list(technique(edit)(network, example(spec), **edit.arguments))


_EDITS: dict[str, Callable[[nn.Module, Modification, ModelSpec], list[str]]] = {
    "activation": _activation,
    "fixup": lambda network, *_: init.fixup_layers(network),
    "norm": _norm,
    "noise": _noise,
    "head": _head,
}


@torch.no_grad()
def _try(network: nn.Module, spec: ModelSpec) -> None:
    """Run one blank batch, so that a misfit is reported now and in words."""
    try:
        with modes_kept(network):
            network.eval()(example(spec))
    except (RuntimeError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(
            f"{spec.name} does not work with what was put into it: {reason}"
        ) from error
