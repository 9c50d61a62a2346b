"""Uniform checks of user input. Each says the rule, the name and what it got."""

import difflib
from collections.abc import Iterable


def between(name: str, value: float, low: float, high: float) -> None:
    """Raise ValueError unless low <= value <= high."""
    if not low <= value <= high:
        raise ValueError(f"`{name}` must be in [{low}, {high}], got {value!r}.")


def positive(name: str, value: float) -> None:
    """Raise ValueError unless value > 0."""
    if not value > 0:
        raise ValueError(f"`{name}` must be positive, got {value!r}.")


def one_of(name: str, value: str, options: Iterable[str]) -> None:
    """Raise ValueError unless value is one of options; suggest the nearest."""
    options = list(options)
    if value not in options:
        raise ValueError(
            f"`{name}` must be one of {', '.join(options)}; got {value!r}."
            f"{did_you_mean(value, options)}"
        )


def did_you_mean(value: str, options: Iterable[str]) -> str:
    """Return ' Did you mean `x`?' for the nearest option, or an empty string."""
    near = difflib.get_close_matches(value, list(options), n=1, cutoff=0.5)
    return f" Did you mean `{near[0]}`?" if near else ""
