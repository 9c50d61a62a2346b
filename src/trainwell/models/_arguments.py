"""Call a factory with what it accepts, and say clearly what it does not."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from trainwell.core import checks
from trainwell.core.errors import ModelError
from trainwell.models._types import ModelSpec

FACTS = ("num_classes", "in_channels", "image_size")
"""What the data decides; never among the further arguments."""


def accepted(factory: Callable[..., Any], spec: ModelSpec) -> dict[str, Any]:
    """Return the keyword arguments for `factory`: the facts it takes, and all others.

    Raises:
        ModelError: If an argument is unknown, or a required one is missing.
    """
    parameters = inspect.signature(factory).parameters.values()
    takes_any = any(p.kind is p.VAR_KEYWORD for p in parameters)
    named = [
        p for p in parameters if p.kind in (p.KEYWORD_ONLY, p.POSITIONAL_OR_KEYWORD)
    ]
    valid = [p.name for p in named]
    if not takes_any:
        check_names(spec.name, spec.arguments, [n for n in valid if n not in FACTS])
    facts = {n: getattr(spec, n) for n in FACTS if takes_any or n in valid}
    keywords = {**facts, **spec.arguments}
    missing = [p.name for p in named if p.default is p.empty and p.name not in keywords]
    if missing:
        raise ModelError(
            f"`{spec.name}` needs the argument `{missing[0]}`; give it in `arguments`."
        )
    return keywords


def check_names(model: str, arguments: Mapping[str, Any], valid: list[str]) -> None:
    """Raise ModelError if one of the arguments is not among the valid names."""
    for name in arguments:
        if name in FACTS:
            raise ModelError(
                f"`{name}` of `{model}` is decided by the data; leave it out of "
                "`arguments`."
            )
        if name not in valid:
            options = ", ".join(valid) or "none"
            raise ModelError(
                f"`{model}` has no argument `{name}`; it takes: {options}."
                f"{checks.did_you_mean(name, valid)}"
            )
