"""How every kernel is compiled."""

from typing import Any

JIT: dict[str, Any] = {"nogil": True, "cache": True, "boundscheck": False}
