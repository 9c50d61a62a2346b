"""The fields beside a name: the parameters of the function that it stands for."""

import inspect
from collections.abc import Callable
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from trainwell.core import checks
from trainwell.core.errors import RecipeError
from trainwell.core.recipe_keys import other_place
from trainwell.core.techniques import builders
from trainwell.recipes._explain import explain
from trainwell.recipes._section import Component

FULL_BATCH = ("newton", "bfgs", "lbfgs")
"""Optimizers that need all training images at every step."""


def parameters(section: str, name: str) -> dict[str, inspect.Parameter]:
    """Return the arguments that a recipe may give to a technique."""
    builder = builders(section)[name]
    return {
        k: p
        for k, p in inspect.signature(builder).parameters.items()
        if p.default is not p.empty and k not in _GIVEN.get(section, set())
    }


def completed(section: str, specified: Component) -> Component:
    """Return a component with every default of its technique written out.

    Not those of norms, which keep the constants of the norm that they replace.
    """
    if specified.name is None or section == "norm":
        return specified
    defaults = {
        k: list(p.default) if isinstance(p.default, tuple) else p.default
        for k, p in parameters(section, specified.name).items()
        if getattr(specified, k, None) is None
    }
    return specified.model_copy(update=defaults)


def argument(section: str, specified: Component, name: str) -> Any:  # noqa: ANN401
    """Return one argument of a component, or its default."""
    default = parameters(section, specified.name or "")[name].default
    return checked(section, specified).get(name, default)


def is_stage(preprocess: str | None) -> bool:
    """Tell the preprocessing that is a module in front of the network."""
    return preprocess is not None and not preprocess.startswith("channel_")


def statistics(name: str) -> Callable[..., Any]:
    """Return the function that fits statistics of channels."""
    return builders("preprocess")[name]


def default_rate(optimizer: str) -> float:
    """Return the rate that an optimizer's signature proposes."""
    lr = inspect.signature(builders("optimizer")[optimizer]).parameters["lr"]
    return 0.05 if lr.default is lr.empty else float(lr.default)


def decays(optimizer: str) -> bool:
    """Tell the optimizers that know weight decay."""
    accepted = inspect.signature(builders("optimizer")[optimizer]).parameters
    return "weight_decay" in accepted or "params" in accepted


def full_batch(optimizer: str) -> bool:
    """Tell the optimizers that need the same objective at every step."""
    return optimizer in FULL_BATCH


def checked(
    section: str, component: Component, *, resolved: bool = True
) -> dict[str, Any]:
    """Return the arguments of a component, of the types that its function takes.

    Args:
        section: Its name.
        component: What was given.
        resolved: Whether a name that is missing will stay so.

    Raises:
        RecipeError: If the name, or an argument, is not known or not of its type.
    """
    known, name, extra = builders(section), component.name, component.arguments()
    shared = [k for k in type(component).model_fields if k != "name"]
    if name is not None and name not in known:
        raise RecipeError(
            f"`{section}.name` must be one of {', '.join(known)}, got {name!r}."
            f"{other_place(name) or checks.did_you_mean(name, known)}"
        )
    valid = list(dict.fromkeys([*_takes(section, name), *shared]))
    for key in extra:
        if key not in valid:
            near = checks.did_you_mean(key, valid).replace("`", f"`{section}.", 1)
            use = (
                "is not a key of a recipe"
                if name is None
                else f"is not used by {section}.name={name}; it takes "
                f"{', '.join(valid) or 'nothing'}"
            )
            raise RecipeError(f"`{section}.{key}` {use}.{near}")
    if name is None:
        named = [k for k in shared if getattr(component, k) is not None]
        alone = section == "augment"  # most of its fields have nothing to do with it
        idle = [] if alone else [k for k in named if f"{section}.{k}" not in _ALONE]
        idle = [*extra, *idle]
        if idle and resolved:
            key = idle[0]
            users = [n for n in known if key in parameters(section, n)] or known
            raise RecipeError(
                f"`{section}.{key}` needs `{section}.name` beside it: "
                f"{' or '.join(users)}."
            )
        return {}
    builder = known[name]
    hints = get_type_hints(builder.__init__ if inspect.isclass(builder) else builder)
    return {k: _typed(f"{section}.{k}", hints[k], v) for k, v in extra.items()}


def _takes(section: str, name: str | None) -> list[str]:
    """Return the arguments of a technique, or of all in the section."""
    names = builders(section) if name is None else [name]
    return sorted({k for n in names for k in parameters(section, n)})


def _typed(place: str, hint: Any, value: Any) -> Any:  # noqa: ANN401
    try:
        return TypeAdapter(hint).validate_python(value)
    except ValidationError as error:
        first = {**error.errors()[0], "loc": (place,)}
        raise RecipeError(explain(first)) from error


_ALONE = {"noise.passes"}  # a network may have noise of its own
_GIVEN = {  # what the run itself passes
    "loss": {"weight", "visible", "reduction"},
    "optimizer": {"lr"},
    "augment": {"weights"},
    "activation": {"num_features"},
    "noise": {"activation"},
    "prune": {"method"},
}
