"""What the blocks of a network put out, kept for a head that reads several of them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from torch import Tensor


class BlockOutputs:
    """What the blocks put out in the forward pass of this thread."""

    def __init__(self) -> None:
        self.of_threads: dict[int, dict[int, Tensor]] = {}
        self.raw: set[int] = set()  # threads that want the numbers, not the answers

    def keep(self, number: int, output: Tensor) -> None:
        self.of_threads.setdefault(threading.get_ident(), {})[number] = output

    def take(self) -> dict[int, Tensor]:
        return self.of_threads.pop(threading.get_ident(), {})

    @contextmanager
    def as_numbers(self) -> Iterator[None]:
        """Let the head return what it reads, in this thread."""
        self.raw.add(threading.get_ident())
        try:
            yield
        finally:
            self.raw.discard(threading.get_ident())

    def __deepcopy__(self, memo: dict[int, Any]) -> "BlockOutputs":
        return BlockOutputs()
