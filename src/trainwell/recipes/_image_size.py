"""Read `data.image_size`: 64, [96, 160] or 96x160."""

from typing import Any

from trainwell.core.image_size import ImageSize, compact_size

SMALLEST, LARGEST = 4, 2048
_RULE = (
    "`data.image_size` must be a whole number of pixels, {low} to {high}, or "
    "[height, width], got {value!r}."
)


def read_image_size(value: Any) -> ImageSize | None:  # noqa: ANN401
    """Return a size as one number for a square, else as (height, width).

    Raises:
        ValueError: If it is no such size.

    Example:
        >>> read_image_size("96x160"), read_image_size([64, 64])
        ((96, 160), 64)
    """
    if value is None:
        return None
    try:
        height, width = (_side(part) for part in _parts(value))
    except (TypeError, ValueError):
        raise ValueError(
            _RULE.format(low=SMALLEST, high=LARGEST, value=value)
        ) from None
    return compact_size((height, width))


def _parts(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, list | tuple):
        return value
    parts = value.lower().split("x") if isinstance(value, str) else [value]
    return parts * 2 if len(parts) == 1 else parts


def _side(value: Any) -> int:  # noqa: ANN401
    within = SMALLEST <= float(value) <= LARGEST
    if isinstance(value, bool) or not within or int(value) != float(value):
        raise ValueError(value)
    return int(value)
