"""What the contest of facial key points asks for, and the file that answers it.

    test_points.csv    file name, [3, 17, ...]           which points are asked for
    submission         file_name,Point_M0_X,Point_M0_Y,...

Source: the contest of the course that deck 0 belongs to: 30 of 971 points are asked for
in each image, and judged by the squared error in pixels of the source.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.core.files import write_atomically
from trainwell.data._landmarks import contest_lines
from trainwell.data._point_table import POINTS_ORIGINS, Coordinates, check_source
from trainwell.data._reading import AS_FOUND


@dataclass(frozen=True, eq=False)
class AskedPoints:
    """Which points are asked for in each image.

    Attributes:
        names: File name of each image, n of them.
        indices: Indices of the points, shape (n, m).

    Example:
        >>> len(AskedPoints(("a.jpg",), np.array([[3, 17]])))
        1
    """

    names: tuple[str, ...]
    indices: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.names)


def read_asked_points(path: Path) -> AskedPoints:
    """Read a table of file names and indices, as a list in a cell or one per cell.

    Raises:
        DataError: It cannot be read, or a line has other than whole numbers, or
            another number of them than the first.

    Example:
        >>> import pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "test_points.csv"
        >>> _ = path.write_text("file_name\\tpoint_index_list\\na.jpg\\t[3, 17]\\n")
        >>> read_asked_points(path).indices.tolist()
        [[3, 17]]
    """
    check_source(path, AS_FOUND, "corner", ())
    names: list[str] = []
    rows: list[list[int]] = []
    for line, cells in contest_lines(path):
        words = re.sub(r"[\[\](),;]", " ", " ".join(cells[1:])).split()
        whole = all(w.isascii() and w.isdecimal() and len(w) < 9 for w in words)
        if not words or not whole or len(words) != len(rows[0] if rows else words):
            wanted = f"{len(rows[0])} " if rows else ""
            raise DataError(
                f"{path}, line {line}: {wanted}indices of points are needed after the "
                "file name, such as [3, 17]."
            )
        names.append(cells[0])
        rows.append([int(word) for word in words])
    if not rows:
        raise DataError(f"{path} has no rows.")
    return AskedPoints(tuple(names), np.array(rows, np.int64))


def write_submission(
    path: Path,
    points: Coordinates,
    asked: AskedPoints,
    *,
    points_origin: str = "corner",
    digits: int = 3,
) -> None:
    """Write the points that are asked for, one line per image; see `submission`.

    Example:
        >>> import pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "submission.csv"
        >>> points = np.array([[[1.0, 2.0], [3.25, 4.0]]])
        >>> write_submission(path, points, AskedPoints(("a.jpg",), np.array([[1]])))
        >>> path.read_text().splitlines()[1]
        'a.jpg,3.250,4.000'
    """
    text = submission(points, asked, points_origin=points_origin, digits=digits)
    write_atomically(path, text.encode())


def submission(
    points: Coordinates,
    asked: AskedPoints,
    *,
    points_origin: str = "corner",
    digits: int = 3,
) -> str:
    """Return the points that are asked for as CSV, one line per image.

    Args:
        points: Answers (x, y) in pixels of each source image, in the order of `asked`,
            all points, shape (n, k, 2).
        asked: Which of them are written.
        points_origin: Where the contest counts from; 0.5 is taken for `centre`.
        digits: Digits after the decimal point; 0 for whole pixels.

    Raises:
        DataError: An image has no answer, or one that is no number, or an index is
            not below k.

    Example:
        >>> points = np.array([[[1.0, 2.0], [3.25, 4.0]]])
        >>> print(submission(points, AskedPoints(("a.jpg",), np.array([[1]]))), end="")
        file_name,Point_M0_X,Point_M0_Y
        a.jpg,3.250,4.000
    """
    if len(points) != len(asked):
        raise DataError(
            f"{len(points)} answers for {len(asked)} images; predict the images of the "
            "table of test points, in its order."
        )
    low, high = asked.indices.min(initial=0), asked.indices.max(initial=0)
    if low < 0 or high >= points.shape[1]:
        raise DataError(
            f"the point {high if low >= 0 else low} is asked for, and the model "
            f"answers {points.shape[1]} points, counted from 0."
        )
    chosen = np.take_along_axis(points, asked.indices[..., None], 1)
    if not np.isfinite(chosen).all():
        wrong = int(np.argwhere(~np.isfinite(chosen))[0, 0])
        raise DataError(f"the answer for {asked.names[wrong]} is no number.")
    named = next((n for n in asked.names if re.search('[,"\n\r]', n)), None)
    if named is not None:
        raise DataError(f"the file name {named!r:.80} holds a comma, or a quote.")
    chosen = chosen - POINTS_ORIGINS[points_origin]
    count = asked.indices.shape[1]
    header = ",".join(f"Point_M{i}_X,Point_M{i}_Y" for i in range(count))
    lines = [f"file_name,{header}"]
    for name, row in zip(asked.names, chosen.reshape(len(asked), -1), strict=True):
        lines.append(",".join((name, *(f"{value:.{digits}f}" for value in row))))
    return "\n".join(lines) + "\n"
