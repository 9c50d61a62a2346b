"""Named points per image: columns of x and y, in pixels of the image.

    x0, y0, x1, y1, ...        left_eye_x, left_eye_y, ...       and v0, left_eye_v, ...

A point is not visible where its cells are empty, where it lies left of the image or
above it (many tables write -1), or where its column of visibility holds 0.

Source: none; the names are those of tables in use.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.data import (
    POINTS_ORIGINS,
    Cells,
    Head,
    PointColumns,
    ReadLabels,
    Where,
    num_whole_points,
    point_columns,
    point_of,
    point_swaps,
)

_NO_MIRROR = (
    "Images are not mirrored: the names do not say which points are left and right."
)
_FEWEST = 2  # points, where columns are guessed to be such


@dataclass(frozen=True)
class PointTargets:
    """The reader of points; see `TargetReader`.

    Attributes:
        origin: Where coordinates of a table count from: the `corner` of an image, the
            `centre` of its first pixel, or `one` at that centre.
    """

    origin: str = "corner"
    name: ClassVar[str] = "keypoints"
    has_classes: ClassVar[bool] = False
    may_lack: ClassVar[bool] = True
    needs: ClassVar[str] = "points, as x0,y0,x1,y1,..."

    def columns(self, names: Sequence[str], head: Head) -> tuple[str, ...]:
        """Return the columns of points by their names.

        Raises:
            DataError: There are such points, and x or y of another one is missing.
        """
        whole = num_whole_points(names) >= _FEWEST
        points = point_columns("the table", names) if whole else _points(names)
        return _columns(points) if len(points) >= _FEWEST else ()

    def reads(self, cells: Cells) -> bool:
        """Tell whether all columns are of points by their names."""
        if num_whole_points([*cells]) < _FEWEST:
            return False
        return {*_columns(point_columns("the table", [*cells]))} == {*cells}

    def labels(self, cells: Cells, where: Where) -> ReadLabels:
        """Return the points of every row, NaN where not visible."""
        points = point_columns("the table", [*cells])
        left = [name for name in cells if name not in _columns(points)]
        if left:
            raise DataError(
                "keypoints need two columns per point, such as x0,y0 or nose_x,nose_y;"
                f" {left[0]!r} is neither."
            )
        shift = POINTS_ORIGINS[self.origin]
        rows = range(len(next(iter(cells.values()))))
        found = [
            np.array([point_of(p, cells, i, where(i), shift) for p in points]) + shift
            for i in rows
        ]
        return labelled_points(found, [point.name for point in points])

    def names(self, labels: Sequence[Any]) -> tuple[str, ...]:
        """Return numbers."""
        return tuple(str(i) for i in range(len(labels[0]) if labels else 0))

    def targets(
        self, labels: Sequence[Any], names: Sequence[str], where: str
    ) -> npt.NDArray[np.float64]:
        """Return x and y of every point in pixels, (n, points, 2)."""
        if labels and labels[0].shape != (len(names), 2):
            raise DataError(
                f"{where} has {len(labels[0])} points per image, and the model "
                f"predicts {len(names)}."
            )
        return np.array(labels, np.float64).reshape(len(labels), len(names), 2)

    def strata(self, targets: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return one stratum: no point is rarer than another."""
        return np.zeros(len(targets), np.int64)

    def counts(self, targets: npt.NDArray[Any], names: Sequence[str]) -> dict[str, int]:
        """Return the images in which each point is visible."""
        seen = ~np.isnan(targets[..., 0])
        return dict(zip(names, seen.sum(0).tolist(), strict=True))

    def check(self, labels: Sequence[Any], names: Sequence[str], where: str) -> None:
        """Raise DataError for a point that no image shows, or images without any."""
        if not labels:
            raise DataError(f"{where} has no images to train on.")
        seen = ~np.isnan(np.array(labels)[..., 0])
        never = [n for n, one in zip(names, seen.any(0), strict=True) if not one]
        if never:
            raise DataError(
                f"{where}: the point {never[0]!r} is not visible in any training "
                "image; leave its columns out."
            )


def labelled_points(
    points: Sequence[npt.NDArray[np.float64]], names: Sequence[str]
) -> ReadLabels:
    """Return points of images, (points, 2) each, and whether mirrors are known."""
    swaps = point_swaps(names)
    notes = () if swaps else (_NO_MIRROR,)
    return ReadLabels(list(points), tuple(names), notes, mirror=bool(swaps))


def _points(names: Sequence[str]) -> tuple[PointColumns, ...]:
    """Return the points that columns are of; none where they are of no points."""
    try:
        return point_columns("", names)
    except DataError:
        return ()


def _columns(points: Sequence[PointColumns]) -> tuple[str, ...]:
    return tuple(x for p in points for x in (p.x, p.y, p.visible) if x)
