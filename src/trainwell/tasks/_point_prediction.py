"""What is said of the points of one image, and how that is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.plural import plural

_SHOWN = 3


@dataclass(frozen=True)
class PointPrediction:
    """The predicted points of one image.

    Attributes:
        name: Name of the file, or "image 3" for arrays.
        names: Names of the points.
        points: x and y in pixels of the image, (points, 2); the centre of its first
            pixel is at (0.5, 0.5).

    Example:
        >>> PointPrediction("a.png", ("nose",), np.array([[10.25, 20.5]], np.float32))
        PointPrediction('a.png', nose=(10.2, 20.5))
    """

    name: str
    names: tuple[str, ...]
    points: npt.NDArray[np.float32]

    def __repr__(self) -> str:
        said = [
            f"{name}=({x:.1f}, {y:.1f})"
            for name, (x, y) in zip(self.names[:_SHOWN], self.points, strict=False)
        ]
        more = [f"{len(self.names) - _SHOWN} more"] * (len(self.names) > _SHOWN)
        return f"PointPrediction({self.name!r}, {', '.join(said + more)})"

    def words(self, top: int) -> list[str]:
        """Return the words of a line: the first points, and how many more there are."""
        shown = max(top, _SHOWN)
        words = [
            word
            for name, (x, y) in zip(self.names[:shown], self.points, strict=False)
            for word in (name, f"{x:.1f},{y:.1f}")
        ]
        left = len(self.names) - shown
        return [*words, f"({left} more {plural(left, 'point')})"] if left > 0 else words

    def tree(self) -> dict[str, Any]:
        """Return what JSON holds: x and y of every point."""
        pairs = zip(self.names, self.points, strict=True)
        return {
            "points": {
                n: [round(float(x), 3), round(float(y), 3)] for n, (x, y) in pairs
            }
        }


def point_table(
    found: Sequence[PointPrediction], names: Sequence[str]
) -> tuple[list[str], list[list[str]]]:
    """Return the heads of the columns and the rows, without the names of the images."""
    numbered = list(names) == [str(i) for i in range(len(names))]
    head = [
        f"{axis}{name}" if numbered else f"{name}_{axis}"
        for name in names
        for axis in "xy"
    ]
    return head, [[f"{x:.3f}" for x in one.points.reshape(-1)] for one in found]
