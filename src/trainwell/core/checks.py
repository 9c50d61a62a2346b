"""Uniform checks of user input. Each says the rule, the name and what it got."""

import difflib
from collections.abc import Iterable


def between(name: str, value: float, low: float, high: float) -> None:
    """Raise ValueError unless low <= value <= high.

    Example:
        >>> from trainwell.core import checks
        >>> try:
        ...     checks.between("rate", 1.5, 0, 1)
        ... except ValueError as error:
        ...     print(error)
        `rate` must be in [0, 1], got 1.5.
    """
    if not low <= value <= high:
        raise ValueError(f"`{name}` must be in [{low}, {high}], got {value!r}.")


def positive(name: str, value: float) -> None:
    """Raise ValueError unless value > 0.

    Example:
        >>> from trainwell.core import checks
        >>> try:
        ...     checks.positive("lr", -0.1)
        ... except ValueError as error:
        ...     print(error)
        `lr` must be positive, got -0.1.
    """
    if not value > 0:
        raise ValueError(f"`{name}` must be positive, got {value!r}.")


def one_of(name: str, value: str, options: Iterable[str]) -> None:
    """Raise ValueError unless value is one of options; suggest the nearest.

    Example:
        >>> from trainwell.core import checks
        >>> try:
        ...     checks.one_of("name", "adamv", ["adamw", "sgd"])
        ... except ValueError as error:
        ...     print(error)
        `name` must be one of adamw, sgd; got 'adamv'. Did you mean `adamw`?
    """
    options = list(options)
    if value not in options:
        raise ValueError(
            f"`{name}` must be one of {', '.join(options)}; got {value!r}."
            f"{did_you_mean(value, options)}"
        )


def did_you_mean(value: str, options: Iterable[str]) -> str:
    """Return ' Did you mean `x`?' for the nearest option, or an empty string.

    Example:
        >>> from trainwell.core import checks
        >>> checks.did_you_mean("adamv", ["adamw", "sgd"])
        ' Did you mean `adamw`?'
    """
    near = difflib.get_close_matches(value, list(options), n=1, cutoff=0.5)
    return f" Did you mean `{near[0]}`?" if near else ""
