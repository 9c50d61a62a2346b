"""Read wall times such as 40s, 10m, 1h30m."""

import re

from trainwell.core.errors import RecipeError

_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0}
_LONGEST = 10 * 365 * 24 * 3600.0
_PATTERN = re.compile(r"(\d+(?:\.\d+)?)\s*([hms])")


def seconds(text: str, name: str = "train.time") -> float:
    """Return the seconds in a text like `1h30m`, `10m` or `40s`; bare numbers too.

    Args:
        text: What was given.
        name: What for, in the error.

    Raises:
        RecipeError: If the text is none of these, or not positive.
    """
    text = text.strip().lower()
    try:
        total = float(text)
    except ValueError:
        parts = _PATTERN.findall(text)
        rest = _PATTERN.sub("", text).strip()
        total = sum(float(n) * _UNITS[unit] for n, unit in parts) if not rest else 0.0
    if _LONGEST < total < float("inf"):
        raise RecipeError(f"`{name}` must be at most ten years, got {text[:30]!r}.")
    if not 0 < total < float("inf"):
        raise RecipeError(
            f"`{name}` must be a time such as 40s, 10m or 1h30m, got {text!r}."
        )
    return total
