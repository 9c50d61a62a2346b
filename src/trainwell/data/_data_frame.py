"""Data frames of image paths and labels, of pandas or Polars.

The column of paths is `path`, `image`, `file`, `filename` or the like, that of labels
`target`, `label`, `class` or the like; a column `split` says train, val or test.

Source: none; plumbing.
"""

from pathlib import Path
from typing import Any

from trainwell.core.errors import DataError
from trainwell.data._source import Source
from trainwell.data._table import read_rows

PATH_COLUMNS = (
    "path", "image", "file", "filename", "file_name", "filepath", "file_path",
    "image_path", "img", "img_path",
)  # fmt: skip
LABEL_COLUMNS = ("target", "label", "class", "category", "class_name", "y")


def is_data_frame(value: object) -> bool:
    """Tell whether a value is a table with named columns, by its attributes."""
    return hasattr(value, "columns") and hasattr(value, "to_numpy")


def read_data_frame(frame: Any) -> Source:  # noqa: ANN401
    """Return the images that a data frame names, relative to the current folder.

    Raises:
        DataError: If it lacks a column of paths or of labels, or a value is missing.
    """
    names = {str(name).strip().lower(): name for name in frame.columns}
    path = next((names[c] for c in PATH_COLUMNS if c in names), None)
    label = next((names[c] for c in LABEL_COLUMNS if c in names and c != path), None)
    if path is None or label is None:
        wanted, kinds = ("labels", LABEL_COLUMNS) if path else ("paths", PATH_COLUMNS)
        raise DataError(
            f"the data frame needs a column of {wanted}, such as "
            f"{', '.join(kinds[:4])}; it has {', '.join(names) or 'none'}."
        )
    used = [path, label, *([names["split"]] if "split" in names else [])]
    columns = [_values(frame[name]) for name in used]
    rows = zip(*columns, strict=True)
    numbered = ((f"row {i}", list(row)) for i, row in enumerate(rows))
    return read_rows("the data frame", Path(), numbered)


def _values(column: Any) -> list[Any]:  # noqa: ANN401
    listed = getattr(column, "tolist", None) or column.to_list
    return [None if value != value else value for value in listed()]  # noqa: PLR0124
