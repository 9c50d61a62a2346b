"""What the cells of a point say: where it is, or that it is not visible.

Source: none; plumbing.
"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from trainwell.core.errors import DataError
from trainwell.data._class_targets import as_bit
from trainwell.data._point_columns import PointColumns
from trainwell.data._point_table import coordinate

_HIDDEN = (math.nan, math.nan)


def point_of(
    point: PointColumns,
    cells: Mapping[str, Sequence[Any]],
    row: int,
    place: str,
    shift: float,
) -> tuple[float, float]:
    """Return (x, y) of a point as its table has them, NaN where not visible.

    Args:
        point: Its columns.
        cells: Cells of every column.
        row: The row.
        place: The row's place in messages.
        shift: What is added later, to find whether it is outside of the image.

    Raises:
        DataError: One of the two is missing, or a cell cannot be read.
    """
    x, y = (str(cells[axis][row] or "").strip() for axis in (point.x, point.y))
    if point.visible and not _is_visible(cells[point.visible][row], point, place):
        return _HIDDEN
    if not x and not y:
        return _HIDDEN
    if not x or not y:
        filled, empty = (point.x, point.y) if x else (point.y, point.x)
        raise DataError(
            f"{place}: `{filled}` has a value and `{empty}` is empty; fill both, or "
            "leave both empty where the point is not visible."
        )
    found = (
        coordinate(x, place, point.x),
        coordinate(y, place, point.y),
    )
    return _HIDDEN if min(found) + shift < 0 else found


def _is_visible(cell: Any, point: PointColumns, place: str) -> bool:  # noqa: ANN401
    """Tell what a cell says; 1 and 2 are both known places, as in COCO."""
    text = str(cell or "").strip()
    bit = 1 if re.fullmatch(r"2(\.0*)?", text) else as_bit(text)
    if text and bit is None:
        raise DataError(
            f"{place}: `{point.visible}` must be 0, 1 or 2, got "
            f"{' '.join(text.split())[:40]!r}."
        )
    return bit == 1
