"""Points in `.pts` files beside images: 300-W, LFPW, HELEN, AFW by iBUG.

    version: 1
    n_points: 68
    {
    336.820955 240.864510
    ...
    }

iBUG counts as MATLAB does: the centre of the first pixel is at (1, 1), so that 1 is
taken and 0.5 added for our places. Menpo takes 1 as well.

Source: Sagonas et al., "300 Faces in-the-Wild Challenge", 2016, and the annotations at
https://ibug.doc.ic.ac.uk/resources/facial-point-annotations
"""

from pathlib import Path

import numpy as np

from trainwell.core.errors import DataError
from trainwell.core.files import read_regular
from trainwell.core.plural import plural
from trainwell.data._limits import refuse_large_table
from trainwell.data._listing import files_below, is_image_name
from trainwell.data._point_table import (
    Coordinates,
    PointTable,
    check_source,
    coordinate,
    read_places,
)
from trainwell.data._reading import AS_FOUND, Reading
from trainwell.data._split_folders import split_and_rest


def read_pts_folder(
    folder: Path, reading: Reading = AS_FOUND, *, points_origin: str = "one"
) -> PointTable:
    """Read a folder, and the folders in it, of images with a `.pts` file beside each.

    Args:
        folder: The folder; those named train, val or test at its top are splits.
        reading: Nothing of it is used.
        points_origin: Where the files count from: `one`, iBUG's, `corner` or `centre`.

    Raises:
        DataError: It has no such files, one is damaged, has no image beside it, or
            has another number of points than the first.

    Example:
        >>> import pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> (folder / "a.jpg").touch()
        >>> lines = ("version: 1", "n_points: 1", "{", "10.0 8.0", "}")
        >>> _ = (folder / "a.pts").write_text("\\n".join(lines))
        >>> read_pts_folder(folder).points.tolist()
        [[[9.5, 7.5]]]
    """
    check_source(folder, reading, points_origin, ())
    images: dict[Path, list[Path]] = {}
    files: list[Path] = []
    for path in files_below(folder):
        if path.suffix.lower() == ".pts":
            files.append(path)
        elif is_image_name(path.name):
            images.setdefault(path.with_suffix(""), []).append(path)
    if not files:
        raise DataError(f"{folder} has no .pts files; give the folder that holds them.")
    paths = [_image(path, images.get(path.with_suffix(""), [])) for path in files]
    rows = [read_pts(path) for path in files]
    for path, row in zip(files, rows, strict=True):
        if len(row) != len(rows[0]):
            raise DataError(
                f"{path} has {len(row)} {plural(len(row), 'point')}, and {files[0]} "
                f"has {len(rows[0])}; take out the files of one kind."
            )
    points, visible = read_places(rows, points_origin)
    used = set(paths)
    alone = [p for found in images.values() for p in found if p not in used]
    return PointTable(
        str(folder),
        tuple(paths),
        tuple(map(str, range(points.shape[1]))),
        points,
        visible,
        splits=_splits(folder, paths),
        notes=_notes(alone),
    )


def read_pts(path: Path) -> Coordinates:
    """Return the points of one file as it has them, shape (k, 2).

    Raises:
        DataError: It is no such file; the message names the line.

    Example:
        >>> import pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "a.pts"
        >>> _ = path.write_text("version: 1\\nn_points: 1\\n{\\n10.0 8.0\\n}\\n")
        >>> read_pts(path).tolist()
        [[10.0, 8.0]]
    """
    try:
        refuse_large_table(path, path.stat().st_size)
        text = read_regular(path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot read {path}: {error}") from None
    lines = [(i, line.split()) for i, line in enumerate(text.splitlines(), 1)]
    lines = [(i, words) for i, words in lines if words]
    braces = [at for at, (_, words) in enumerate(lines) if words in (["{"], ["}"])]
    if [lines[at][1] for at in braces] != [["{"], ["}"]]:
        raise DataError(
            f"{path} is no .pts file: it needs one line {{ before its points and one "
            "line } after them."
        )
    first, last = braces
    points = [_point(path, line, words) for line, words in lines[first + 1 : last]]
    stated = _stated(path, lines[:first])
    if len(points) != stated or not points:
        raise DataError(
            f"{path} has {len(points)} {plural(len(points), 'point')}, and says "
            f"n_points: {stated}; correct one of them."
        )
    return np.array(points, np.float64)


def _stated(path: Path, header: list[tuple[int, list[str]]]) -> int:
    for line, words in header:
        name, _, value = "".join(words).partition(":")
        if name.lower() == "n_points":
            if value.isascii() and value.isdecimal() and len(value) < 9:
                return int(value)
            raise DataError(f"{path}, line {line}: n_points must be a whole number.")
    raise DataError(f"{path} has no line n_points before its points; add it.")


def _point(path: Path, line: int, words: list[str]) -> tuple[float, float]:
    where = f"{path}, line {line}"
    if len(words) != 2:
        raise DataError(f"{where}: a point is two numbers, x and y; got {len(words)}.")
    x, y = (coordinate(word, where) for word in words)
    return x, y


def _image(path: Path, found: list[Path]) -> Path:
    if len(found) == 1:
        return found[0]
    if found:
        raise DataError(
            f"{path} belongs to {found[0].name} or {found[1].name}; take one out."
        )
    raise DataError(
        f"{path} has no image of the same name beside it; put it there, or take the "
        "file out."
    )


def _splits(folder: Path, paths: list[Path]) -> tuple[str, ...] | None:
    """Return the splits that the folders at the top are, if every image lies in one."""
    tops = [path.relative_to(folder).parts[:-1][:1] for path in paths]
    found = [split_and_rest(top[0]) if top else (None, None) for top in tops]
    splits = [split for split, rest in found if split is not None and not rest]
    return tuple(splits) if len(splits) == len(paths) else None


def _notes(alone: list[Path]) -> tuple[str, ...]:
    count = len(alone)
    if not count:
        return ()
    return (
        f"{count} {plural(count, 'image')} without a .pts file not used, such as "
        f"{alone[0]}.",
    )
