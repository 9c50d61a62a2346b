"""The technique table with what each technique's docstring says."""

import inspect
import re
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from trainwell import models
from trainwell.core.techniques import ROWS, Row

_PARTS = ("Use", "Side effects", "Source")


@dataclass(frozen=True)
class Technique:
    """One technique: its declaration, and what its module's docstring says of it.

    Attributes:
        row: The row of the technique table.
        group: The heading it is listed under, such as "Activations".
        module: The module whose docstring describes it.
        test: The path of its test in the repository.
        what: One clause that says what it is.
        formula: The formula, and what else stands before the uses.
        use: When to use it.
        side_effects: What else it changes.
        source: Paper, section or equation.

    Example:
        >>> techniques()[0].group
        'Activations'
    """

    row: Row
    group: str
    module: str
    test: str
    what: str
    formula: str
    use: str
    side_effects: str
    source: str

    @property
    def name(self) -> str:
        """The name within the group."""
        return self.row.title

    @property
    def path(self) -> str:
        """The path to import it from."""
        return f"trainwell.{self.row.path}"

    @property
    def recipe(self) -> str:
        """The recipe key or command that selects it; empty if only Python does."""
        return self.row.recipe


def techniques() -> tuple[Technique, ...]:
    """Return every technique, group by group.

    Example:
        >>> [t.recipe for t in techniques() if t.name == "group_norm"]
        ['norm.name=group_norm']
    """
    found = [_technique(group, row) for group, rows in ROWS.items() for row in rows]
    for name in models.names():
        row = Row(name, f"models.{name}", key=f"model.name={name}")
        found.append(_technique("Models", row))
    return tuple(found)


def value_of(technique: Technique) -> Any:  # noqa: ANN401
    """Return the public function or class of a technique."""
    return technique.row.value()


def _technique(group: str, row: Row) -> Technique:
    home = _home(row)
    text = parts(inspect.getdoc(home) or "")
    where = home.__name__.split(".")[1:]
    return Technique(
        row=row,
        group=group,
        module=home.__name__,
        test="/".join(["tests", *where[:-1], f"test{where[-1]}.py"]),
        what=text["what"],
        formula=text["formula"],
        use=text["Use"],
        side_effects=text["Side effects"],
        source=text["Source"],
    )


def _home(row: Row) -> ModuleType:
    """Return the module of ours that documents a technique."""
    home = inspect.getmodule(row.value())
    if home is None or not home.__name__.startswith("trainwell."):
        home = inspect.getmodule(row.builder())
    assert home is not None, row.path
    return home


def parts(text: str) -> dict[str, str]:
    """Split the text of a technique's module; a missing part is empty."""
    found = dict.fromkeys(("what", "formula", *_PARTS), "")
    heads = "|".join(_PARTS)
    before, *rest = re.split(rf"^({heads}): ", text, flags=re.MULTILINE)
    for head, body in zip(rest[::2], rest[1::2], strict=True):
        found[head] = " ".join(body.split())
    what, _, formula = before.partition("\n\n")
    found["what"] = " ".join(what.split())
    found["formula"] = formula.rstrip()
    return found
