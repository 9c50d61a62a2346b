"""Street View House Numbers, cropped digits: MATLAB files, X is 32 x 32 x 3 x n.

The file's label 10 is the digit 0.

Source: Netzer et al., "Reading Digits in Natural Images with Unsupervised Feature
Learning", 2011, and its data page ("Format 2").
"""

import math
from pathlib import Path
from typing import Any

import numpy as np

from trainwell.core.errors import DataError
from trainwell.core.files import refuse_irregular
from trainwell.data._arrays import read_arrays
from trainwell.data._limits import readable
from trainwell.data._source import Source

_SHAPE, _PACKED = (32, 32, 3), 100  # of an image; bytes that one byte unpacks to
_FILES = {"train": "train_32x32.mat", "test": "test_32x32.mat"}


def has_svhn(folder: Path) -> bool:
    """Tell whether the folder holds both files."""
    return all((folder / name).is_file() for name in _FILES.values())


def read_svhn(folder: Path) -> Source:
    """Read training and test images."""
    pairs = {split: _read(folder / name) for split, name in _FILES.items()}
    return read_arrays(pairs, name="svhn", classes=[str(i) for i in range(10)])


def _read(path: Path) -> tuple[Any, Any]:
    from scipy.io import loadmat

    try:
        refuse_irregular(path)
        _refuse_bomb(path)
        stored = loadmat(path, variable_names=["X", "y"])
        images = np.ascontiguousarray(stored["X"].transpose(3, 0, 1, 2))
        return images, stored["y"].reshape(-1).astype(np.int64) % 10
    except DataError:
        raise
    except Exception as error:  # the reader raises anything on damaged files
        raise DataError(f"cannot read {path}: {error}") from None


def _refuse_bomb(path: Path) -> None:
    """Refuse what the header declares and such a file cannot hold."""
    from scipy.io import whosmat

    stored = path.stat().st_size
    for name, shape, _ in whosmat(path):
        size = math.prod(shape)
        if name == "X" and shape[:3] != _SHAPE:
            raise DataError(f"{path}: X has the shape {shape}, not 32 x 32 x 3 x n.")
        if name in ("X", "y") and size > _PACKED * stored:
            raise DataError(
                f"{path} declares {readable(size)} in a file of {readable(stored)}; "
                "photographs do not pack so well."
            )
