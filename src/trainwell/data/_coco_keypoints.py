"""Key points in the JSON of COCO: one annotation per person, in the box around it.

    images        id, file_name
    categories    id, name, keypoints: names
    annotations   image_id, category_id, keypoints: x, y, v of each, bbox: x, y, w, h

v is 0 for a point that is not known, 1 for one that is known and hidden, 2 for one that
is seen; 1 and 2 are both visible here. Its points are indices of pixels, so that 0.5 is
added; its boxes count from the corner.

Source: Lin et al., "Microsoft COCO", 2014, and its site, Data format;
detectron2 adds the same 0.5 to points and none to boxes.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from trainwell.core.errors import DataError
from trainwell.core.files import read_regular
from trainwell.core.plural import plural
from trainwell.data._point_table import (
    Coordinates,
    PointTable,
    check_source,
    coordinate,
    read_places,
    refuse_lost,
)
from trainwell.data._reading import AS_FOUND, Reading
from trainwell.data._table_columns import described
from trainwell.data._table_files import image_folder

_HIDDEN = (float("nan"), float("nan"))


def read_coco_keypoints(
    path: Path,
    reading: Reading = AS_FOUND,
    *,
    category: str | None = None,
    points_origin: str = "centre",
) -> PointTable:
    """Read annotations of key points; people without a point, and crowds, are left out.

    Args:
        path: The JSON file.
        reading: Folder of the images; that of the file by default.
        category: Name of the category, where several have key points.
        points_origin: Where its points count from: `centre`, COCO's, `corner` or
            `one`.

    Returns:
        A table with boxes, whose groups are the images: people in one stay together.

    Raises:
        DataError: It is no such file, an annotation is damaged, or an image is not
            there; the message names the annotation, counted from 0.

    Example:
        >>> import json, pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> (folder / "a.jpg").touch()
        >>> person = {"image_id": 3, "category_id": 1, "keypoints": [9, 7, 2]}
        >>> content = {
        ...     "images": [{"id": 3, "file_name": "a.jpg"}],
        ...     "categories": [{"id": 1, "name": "person", "keypoints": ["nose"]}],
        ...     "annotations": [person | {"bbox": [0, 0, 20, 10]}],
        ... }
        >>> _ = (folder / "a.json").write_text(json.dumps(content))
        >>> table = read_coco_keypoints(folder / "a.json")
        >>> table.points.tolist(), table.boxes.tolist()
        ([[[9.5, 7.5]]], [[0.0, 0.0, 20.0, 10.0]])
    """
    check_source(path, reading, points_origin, ("image_folder",))
    content = _content(path)
    files = _files(path, content["images"])
    number, names = _category(path, content["categories"], category)
    folder = image_folder(path.parent, reading)
    kept: list[int] = []
    paths: list[Path] = []
    rows: list[Coordinates] = []
    boxes: list[Coordinates] = []
    for i, entry in enumerate(content["annotations"]):
        where = f"{path}, annotation {i}"
        if entry.get("category_id") != number or entry.get("iscrowd"):
            continue
        row = _points(entry, names, where)
        if np.isnan(row).all():
            continue
        image = entry.get("image_id")
        if not isinstance(image, int | str) or image not in files:
            raise DataError(f"{where}: no image has the id {image!r:.40}; correct it.")
        kept.append(i)
        paths.append(folder / files[image])
        rows.append(row)
        boxes.append(_box(entry, where))
    if not rows:
        raise DataError(f"{path} has no annotation with a known point.")
    refuse_lost(paths, folder, lambda i: f"{path}, annotation {kept[i]}")
    points, visible = read_places(rows, points_origin)
    left_out = len(content["annotations"]) - len(rows)
    count = f"{left_out} {plural(left_out, 'annotation')}"
    note = f"{count} not used: crowds, other categories, no known point."
    return PointTable(
        str(path),
        tuple(paths),
        names,
        points,
        visible,
        groups=tuple(map(str, paths)),
        boxes=None if np.isnan(boxes).any() else np.stack(boxes),
        notes=(note,) * (left_out > 0),
    )


def _content(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the three lists, whose entries are objects."""
    try:
        content = json.loads(read_regular(path).decode("utf-8-sig"))
    except OSError as error:
        raise DataError(f"cannot read {path}: {error}") from None
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:200]
        raise DataError(f"{path} is no JSON: {reason}.") from None
    lists = {}
    for name in ("images", "categories", "annotations"):
        found = content.get(name) if isinstance(content, dict) else None
        if not isinstance(found, list) or not all(isinstance(e, dict) for e in found):
            raise DataError(
                f"{path} has no list of objects `{name}`; key points of COCO need "
                "images, categories and annotations."
            )
        lists[name] = found
    return lists


def _files(path: Path, images: list[dict[str, Any]]) -> dict[int | str, str]:
    files: dict[int | str, str] = {}
    for i, image in enumerate(images):
        number, name = image.get("id"), image.get("file_name")
        if not isinstance(number, int | str) or not isinstance(name, str) or not name:
            raise DataError(f"{path}, image {i} needs an id and a file_name; add them.")
        if number in files:
            raise DataError(f"{path}: two images have the id {number!r}; correct one.")
        if "\0" in name:
            raise DataError(f"{path}, image {i}: its file_name is no name of a file.")
        files[number] = name
    return files


def _category(
    path: Path, categories: list[dict[str, Any]], wanted: str | None
) -> tuple[Any, tuple[str, ...]]:
    """Return the number and the names of the points of the category that is read."""
    found = {str(c.get("name")): c for c in categories if c.get("keypoints")}
    if not found:
        raise DataError(f"{path} has no category with a list `keypoints` of names.")
    name = wanted or next(iter(found))
    if (wanted is None and len(found) > 1) or name not in found:
        raise DataError(
            f"{path} has key points of {described(list(found))}; say one of these as "
            "the category."
        )
    chosen = found[name]
    names = chosen["keypoints"]
    if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
        raise DataError(f"{path}: `keypoints` of a category must be a list of names.")
    if len(set(names)) < len(names):
        raise DataError(f"{path}: two key points of a category share a name.")
    return chosen.get("id"), tuple(names)


def _numbers(values: Any, count: int, where: str) -> list[float]:  # noqa: ANN401
    if not isinstance(values, list) or len(values) != count:
        got = len(values) if isinstance(values, list) else "none"
        raise DataError(f"{where} must hold {count} numbers, got {got}.")
    plain = [v for v in values if isinstance(v, int | float) and type(v) is not bool]
    if len(plain) < count:
        raise DataError(f"{where} must hold numbers only.")
    return [coordinate(str(value), where) for value in plain]


def _points(entry: dict[str, Any], names: tuple[str, ...], where: str) -> Coordinates:
    values = entry.get("keypoints")
    triples = _numbers(values, 3 * len(names), f"{where}: `keypoints`")
    known = zip(triples[::3], triples[1::3], triples[2::3], strict=True)
    return np.array([(x, y) if v > 0 else _HIDDEN for x, y, v in known], np.float64)


def _box(entry: dict[str, Any], where: str) -> Coordinates:
    if "bbox" not in entry:
        return np.full(4, np.nan)
    x, y, width, height = _numbers(entry["bbox"], 4, f"{where}: `bbox`")
    if min(width, height) <= 0:
        raise DataError(f"{where}: `bbox` has no area; correct or leave it out.")
    return np.array([x, y, x + width, y + height], np.float64)
