"""What a recipe changes about the network, and how its weights start."""

import inspect
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from torch import Tensor, nn

from trainwell import init
from trainwell.core.errors import ModelError
from trainwell.core.techniques import builders
from trainwell.layers import activations
from trainwell.models import Modification
from trainwell.preprocess import Standardize
from trainwell.recipes import _vocabulary
from trainwell.recipes._components import component
from trainwell.recipes._recipe import Recipe

_USUAL = "relu"  # the gain of networks whose activations are left as they are


def make_modifications(recipe: Recipe) -> tuple[Modification, ...]:
    """Return the changes to make to the finished network, in their order."""
    edits = []
    if _vocabulary.is_stage(recipe.preprocess.name):
        edits.append(_edit(recipe, "preprocess"))
    if recipe.activation.name is not None:
        edit = _edit(recipe, "activation")
        shared = {"per_channel": bool(recipe.activation.per_channel)}
        edits.append(
            Modification("activation", edit.name, {**edit.arguments, **shared})
        )
    if recipe.init.name == "fixup":
        edits.append(Modification("fixup", "fixup"))
    edits += [_edit(recipe, k) for k in ("norm", "noise") if getattr(recipe, k).name]
    if recipe.loss.name == "arcface":
        edits.append(Modification("head", "cosine", {"scale": arcface_scale(recipe)}))
    if recipe.noise.passes is not None:
        edits.append(
            Modification("passes", "marginalised", {"draws": recipe.noise.passes})
        )
    return tuple(edits)


def arcface_scale(recipe: Recipe) -> float:
    """Return the scale of the cosines, which the network's head multiplies them by."""
    return float(_vocabulary.argument("loss", recipe.loss, "scale"))


def fit_statistics(
    recipe: Recipe, images: Iterable[npt.NDArray[np.unsignedinteger]], *, channels: int
) -> Standardize:
    """Return the statistics of the channels that the recipe asks for.

    In front of a stage, which has a mean of its own, only the mean is taken.
    """
    name = recipe.preprocess.name or "channel_standardize"
    fit = _vocabulary.statistics("channel_mean" if _vocabulary.is_stage(name) else name)
    standardize: Standardize = fit(images, channels=channels)
    return standardize


def initialise(recipe: Recipe, model: nn.Module, images: Callable[[], Tensor]) -> None:
    """Start the weights as the recipe asks, in place; leave them alone otherwise.

    Args:
        recipe: Complete.
        model: On its device.
        images: Fetches some training images, for initialisers that look at data.

    Raises:
        ModelError: If the network has nothing that the initialiser starts.
    """
    if recipe.init.name is None:
        return
    if not init.weighted_layers(model):
        raise ModelError(
            f"init.name={recipe.init.name}: the network has no convolution or linear "
            "map to start."
        )
    start = component(recipe, "init")
    builder = builders("init")[recipe.init.name]
    accepted = list(inspect.signature(builder).parameters)
    more: dict[str, Any] = {}
    if "gain" in accepted and recipe.init.arguments().get("gain") is None:
        more["gain"] = _gain(recipe)
    if accepted[0] == "weight":
        bias = recipe.init.bias or 0.0
        init.init_weights_(model, lambda weight: start(weight, **more), bias=bias)
    elif "images" in accepted:
        start(model, images(), **more)
    else:
        start(model, **more)


def _gain(recipe: Recipe) -> float:
    """Return the gain that suits the network's activations."""
    name = recipe.activation.name
    if name is None:
        return activations.gain(_USUAL)
    arguments = _vocabulary.checked("activation", recipe.activation)
    known = inspect.signature(builders("activation")[name]).parameters
    numbers = {
        k: v
        for k, v in arguments.items()
        if k in known and isinstance(v, int | float) and not isinstance(v, bool)
    }
    return activations.gain(name, **numbers)


def _edit(recipe: Recipe, section: str) -> Modification:
    specified = getattr(recipe, section)
    arguments = _vocabulary.checked(section, specified)
    return Modification(section, specified.name, arguments)  # type: ignore[arg-type]
