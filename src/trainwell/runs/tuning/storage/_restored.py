"""Values of a study as the types they had: a database from elsewhere holds anything."""

import json
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from trainwell.core.errors import RunError

T = TypeVar("T")


def restored(kind: type[T], value: Any, what: str) -> T:  # noqa: ANN401
    """Return the value that `asdict` and JSON made a tree of.

    Args:
        kind: A dataclass, or another type that pydantic knows.
        value: What the study holds.
        what: Its name in the message.

    Raises:
        RunError: If the study holds something else.
    """
    try:
        found: T = TypeAdapter(kind).validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        reason = f"{place}: {first['msg']}" if place else first["msg"]
        raise RunError(
            f"the study holds no {what} that can be read ({reason}); tune again with "
            "another `out` (`--out`)."
        ) from None
    return found
