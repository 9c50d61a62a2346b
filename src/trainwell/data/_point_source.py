"""Sources of points that are no plain tables: `.pts` files, COCO, the contest's table.

Source: see the modules it calls.
"""

from pathlib import Path

from trainwell.core.errors import DataError
from trainwell.core.files import open_regular
from trainwell.data._coco_keypoints import read_coco_keypoints
from trainwell.data._landmarks import contest_lines, read_landmarks
from trainwell.data._limits import MAX_TABLE_BYTES
from trainwell.data._listing import is_image_name, list_folder
from trainwell.data._point_table import PointTable
from trainwell.data._pts import read_pts_folder
from trainwell.data._reading import Reading
from trainwell.data._source import FLAT, FileSplit, Source, Split
from trainwell.data._swaps import point_swaps

_FEWEST = 4  # numbers behind a file name that are taken for two points
_FIRST = 1 << 20  # bytes in which a first line must end
_TASK = "keypoints"
_NAME, _LONGEST = b"point_m0_x", 1000  # bytes of a first line that are looked at


def read_points(path: Path, reading: Reading) -> Source | None:
    """Return the points of a folder or a file; None where it holds no such.

    Raises:
        DataError: It holds some, and they cannot be read.
    """
    if path.is_dir():
        return _source(_of_folder(path, reading), path, reading)
    if path.suffix.lower() == ".json":
        return _source(_read(read_coco_keypoints, path, reading), path.parent, reading)
    if path.suffix.lower() in (".csv", ".tsv", ".txt") and _is_contest(path):
        return _source(_read(read_landmarks, path, reading), path.parent, reading)
    return None


def _of_folder(path: Path, reading: Reading) -> PointTable | None:
    """Return the points of `.pts` files beside images, here or one folder down."""
    top = list_folder(path)
    listings = [top, *map(list_folder, top.folders)]
    if not any(p.suffix.lower() == ".pts" for one in listings for p in one.files):
        return None
    return _read(read_pts_folder, path, reading)


def _read(read, path: Path, reading: Reading) -> PointTable:  # type: ignore[no-untyped-def]  # noqa: ANN001
    origin = reading.points_origin
    found: PointTable = read(
        path, reading, **({} if origin is None else {"points_origin": origin})
    )
    return found


def _is_contest(path: Path) -> bool:
    """Tell a table of a file name and coordinates, without names or with its own."""
    if path.stat().st_size > MAX_TABLE_BYTES or not _begins_with_lines(path):
        return False
    try:
        first, cells = next(contest_lines(path))
        if first > 1 and not _has_its_names(path):
            return False
        numbers = [float(cell) for cell in cells[1:]]
    except (StopIteration, ValueError, OSError, DataError):
        return False
    return len(numbers) >= _FEWEST and is_image_name(Path(cells[0]).name)


def _begins_with_lines(path: Path) -> bool:
    """Tell whether a first line ends where one may, so that it can be read whole."""
    with open_regular(path) as stream:
        start: bytes = stream.read(_FIRST)
    return b"\n" in start or len(start) < _FIRST


def _has_its_names(path: Path) -> bool:
    with open_regular(path) as stream:
        return _NAME in stream.readline(_LONGEST).lower()


def _source(table: PointTable | None, root: Path, reading: Reading) -> Source | None:
    if table is None:
        return None
    reader = next((r for r in reading.readers if r.name == _TASK), None)
    if reader is None:
        raise DataError(
            f"{table.name} holds points in images: that is the task {_TASK}, and "
            f"{reading.readers[0].name} was asked for."
        )
    splits: dict[str, Split] = {}
    stated = table.splits or (FLAT,) * len(table)
    for i, name in enumerate(stated):
        part = splits.setdefault(name, FileSplit([], [], []))
        assert isinstance(part, FileSplit)
        part.paths.append(table.paths[i])
        part.labels.append(table.points[i])
        if table.groups is not None:
            part.groups.append(table.groups[i])
    swaps = point_swaps(table.names)
    return Source(
        table.name,
        root,
        splits,
        table.names,
        mirror=bool(swaps),
        notes=table.notes,
        reader=reader,
    )
