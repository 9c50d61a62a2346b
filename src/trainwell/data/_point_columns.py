"""Find out which columns of a table are coordinates of which points.

    x0, y0, v0                                 points 0, 1, ...
    x_nose, y_nose, v_nose                     point nose
    nose_x, nose_y, nose_v (or nose_visible)   point nose
    noseX, noseY, noseV                        point nose

Columns of boxes (xmin, y_max, x_center) are no points.

Source: none; the names are those of tables in use.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trainwell.core.errors import DataError
from trainwell.data._table_columns import described

_VISIBLE = "v|vis|visible|visibility"
_AXIS = rf"x|y|{_VISIBLE}"
_FORMS = (
    re.compile(rf"(?P<axis>{_AXIS})(?P<point>\d+)", re.IGNORECASE),
    re.compile(rf"(?P<axis>{_AXIS})[ _.-]+(?P<point>.+)", re.IGNORECASE),
    re.compile(rf"(?P<point>.+?)[ _.-]+(?P<axis>{_AXIS})", re.IGNORECASE),
    re.compile(r"(?P<point>\w*[a-z0-9])(?P<axis>[XYV])"),
)
_OF_BOXES = {"min", "max", "center", "centre", "c"}


@dataclass(frozen=True)
class PointColumns:
    """The columns of one point; `visible` is empty if none says it."""

    name: str
    x: str
    y: str
    visible: str = ""


def point_columns(where: str, names: Sequence[str]) -> tuple[PointColumns, ...]:
    """Return the points of a table in the order of their first columns.

    Args:
        where: Name of the table in messages.
        names: Names of its columns.

    Raises:
        DataError: There is none, or x or y of one is missing or stands twice.
    """
    found: dict[str, dict[str, str]] = {}
    for column in names:
        axis, point = _parts(column)
        if not axis:
            continue
        axes = found.setdefault(point, {})
        if axis in axes:
            raise DataError(
                f"{where}: the columns {axes[axis]!r} and {column!r} are both {axis} "
                f"of the point {point!r}; rename one."
            )
        axes[axis] = column
    placed = {point: axes for point, axes in found.items() if {"x", "y"} & axes.keys()}
    for point, axes in placed.items():
        for axis, other in (("x", "y"), ("y", "x")):
            if axis not in axes:
                raise DataError(
                    f"{where}: the point {point!r} has a column {axes[other]!r} and "
                    f"none for {axis}; add it, or rename {axes[other]!r} if it is no "
                    "coordinate."
                )
    if not placed:
        raise DataError(
            f"{where} has no columns of points; name them x0, y0, x1, y1, ... or "
            f"nose_x, nose_y, ...: it has {described(names)}."
        )
    return tuple(
        PointColumns(point, axes["x"], axes["y"], axes.get("v", ""))
        for point, axes in placed.items()
    )


def num_whole_points(names: Sequence[str]) -> int:
    """Return how many points have both coordinates among these columns.

    Example:
        >>> from trainwell.data import num_whole_points
        >>> num_whole_points(["nose_x", "nose_y", "eye_x", "age"])
        1
    """
    axes: dict[str, set[str]] = {}
    for column in names:
        axis, point = _parts(column)
        axes.setdefault(point, set()).add(axis)
    return sum({"x", "y"} <= found for found in axes.values())


def _parts(column: str) -> tuple[str, str]:
    """Return x, y or v, and the point that a column is of; nothing for others."""
    for form in _FORMS:
        match = form.fullmatch(column)
        if match and match["point"].lower() not in _OF_BOXES:
            return match["axis"][0].lower(), match["point"]
    return "", ""
