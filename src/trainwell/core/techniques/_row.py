"""A row of the technique table."""

import importlib
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """The declaration of one technique; paths are relative to `trainwell`.

    Attributes:
        title: The technique's name in tables and on its card.
        path: The public name to import.
        section: The recipe section in which the technique is a choice, such as
            `norm` in `norm=group_norm`; empty if no section lists it.
        name: Its name in that section; the title by default.
        factory: What the recipe calls, where that is not the public name.
        key: The recipe key or command that reaches a technique without a section;
            empty if only Python does.
    """

    title: str
    path: str
    section: str = ""
    name: str = ""
    factory: str = ""
    key: str = ""

    @property
    def recipe(self) -> str:
        """The recipe key or command that selects the technique."""
        name = self.name or self.title
        return f"{self.section}.name={name}" if self.section else self.key

    def value(self) -> Any:  # noqa: ANN401
        """Return the public function or class."""
        return _resolve(self.path)

    def builder(self) -> Any:  # noqa: ANN401
        """Return what the recipe calls."""
        return _resolve(self.factory or self.path)


def _resolve(path: str) -> Any:  # noqa: ANN401
    module, _, name = f"trainwell.{path}".rpartition(".")
    return getattr(importlib.import_module(module), name)
