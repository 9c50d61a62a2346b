"""What the numbers of a saved training state must be.

A digest tells damage; a file that somebody wrote may hold anything.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

_Count = Annotated[int, Field(ge=0)]
_Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Slot = bool | int | float | None | list[bool | int | float | None]


class _Numbers(BaseModel):
    model_config = ConfigDict(strict=True, extra="allow")

    step: _Count
    total_steps: Annotated[int, Field(ge=1)]
    parts: Annotated[int, Field(ge=1)]
    seconds: _Seconds
    step_seconds: _Seconds
    stop: str = ""
    memory: dict[str, float]
    slots: list[dict[str, _Slot]]


def check_numbers(numbers: Mapping[str, Any]) -> None:
    """Raise ValueError, with the name, for a number of a wrong kind.

    Example:
        >>> check_numbers({"step": "seven"})
        Traceback (most recent call last):
        ValueError: step: input should be a valid integer
    """
    try:
        _Numbers.model_validate(dict(numbers))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise ValueError(
            f"{place}: {first['msg'][0].lower()}{first['msg'][1:]}"
        ) from None
