"""NumPy archives of images and targets, read without unpickling.

Keys: `images, targets`; or `x_train, y_train` with `x_val, y_val, x_test, y_test`
(Keras); or `train_images, train_labels` and so on (MedMNIST). Optional `classes`.

Source: NumPy enhancement proposal 1 (the .npy format).
"""

import zipfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.data._arrays import read_arrays
from trainwell.data._source import Source

_FLAT = ("images", "targets")
_SPLIT = (("x_{}", "y_{}"), ("{}_images", "{}_labels"))


def read_npz(path: Path) -> Source:
    """Read the arrays of an NPZ file."""
    if not zipfile.is_zipfile(path):
        raise DataError(f"cannot read {path}: it is no NPZ file, or cut off.")
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
            stored = {key: archive[key] for key in archive.files}
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile) as error:
        raise DataError(f"cannot read {path}: {error}") from None
    classes = stored.pop("classes", None)
    names = None if classes is None else [str(c) for c in classes.reshape(-1)]
    if set(_FLAT) <= stored.keys():
        pair = (stored[_FLAT[0]], stored[_FLAT[1]])
        return read_arrays(pair, name=str(path), classes=names)
    splits = _splits(stored)
    if not splits:
        raise DataError(
            f"{path} needs the arrays `images` and `targets`, or `x_train` and "
            f"`y_train`; it has {', '.join(stored) or 'none'}."
        )
    return read_arrays(splits, name=str(path), classes=names)


def _splits(
    stored: dict[str, npt.NDArray[np.generic]],
) -> dict[str, tuple[npt.NDArray[np.generic], npt.NDArray[np.generic]]]:
    found = {}
    for images, targets in _SPLIT:
        for split in ("train", "val", "valid", "test"):
            keys = images.format(split), targets.format(split)
            if set(keys) <= stored.keys():
                found[split] = stored[keys[0]], stored[keys[1]]
    return found
