"""What is said of the numbers of one image, and how that is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class NumberPrediction:
    """The predicted numbers of one image.

    Attributes:
        name: Name of the file, or "image 3" for arrays.
        names: Names of the numbers.
        units: Their units; empty for none.
        values: The numbers.
        widths: Half the widths of their intervals; empty where these are not known.

    Example:
        >>> one = NumberPrediction("a.png", ("age",), ("years",), (41.23,), (2.5,))
        >>> one, one.interval(0)
        (NumberPrediction('a.png', age=41.23), (38.73..., 43.73...))
    """

    name: str
    names: tuple[str, ...]
    units: tuple[str, ...]
    values: tuple[float, ...]
    widths: tuple[float, ...] = ()

    def __repr__(self) -> str:
        pairs = zip(self.names, self.values, strict=True)
        said = ", ".join(f"{name}={value:.4g}" for name, value in pairs)
        return f"NumberPrediction({self.name!r}, {said})"

    def interval(self, index: int) -> tuple[float, float] | None:
        """Return the interval of a number; None where it is not known."""
        if not self.widths:
            return None
        value, width = self.values[index], self.widths[index]
        return value - width, value + width

    def words(self, top: int) -> list[str]:
        """Return the words of a line: names, numbers with units, intervals."""
        words = []
        for i, (name, unit) in enumerate(zip(self.names, self.units, strict=True)):
            width = f" ± {self.widths[i]:.4g}" if self.widths else ""
            words += [name, f"{self.values[i]:.4g}{width} {unit}".strip()]
        return words

    def tree(self) -> dict[str, Any]:
        """Return what JSON holds: every number, with its unit and interval."""
        found: dict[str, dict[str, Any]] = {}
        for i, (name, unit) in enumerate(zip(self.names, self.units, strict=True)):
            found[name] = {"value": _rounded(self.values[i])}
            if unit:
                found[name]["unit"] = unit
            if (ends := self.interval(i)) is not None:
                found[name]["interval"] = [_rounded(end) for end in ends]
        return {"values": found}


def number_table(
    found: Sequence[NumberPrediction], labels: Sequence[str]
) -> tuple[list[str], list[list[str]]]:
    """Return the heads of the columns and the rows, without the names of the images."""
    ends = ("low", "high") if found and found[0].widths else ()
    head = [x for name in labels for x in (name, *(f"{name} {end}" for end in ends))]
    rows = [
        [
            f"{_rounded(number)}"
            for i, value in enumerate(one.values)
            for number in (value, *(one.interval(i) or ()))
        ]
        for one in found
    ]
    return head, rows


def _rounded(value: float) -> float:
    return float(f"{value:.7g}")
