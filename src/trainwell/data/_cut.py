"""Cut the splits that a source does not have.

Source: none; see `_split`.
"""

import numpy as np

from trainwell.core import checks
from trainwell.core.errors import DataError
from trainwell.data import _split
from trainwell.data._classes import match_classes
from trainwell.data._scanned_split import ScannedSplit
from trainwell.data._source import FLAT


def check_fractions(val_fraction: float, test_fraction: float) -> None:
    """Raise DataError for fractions that leave nothing to train on."""
    checks.positive("val_fraction", val_fraction)
    checks.between("test_fraction", test_fraction, 0, 1)
    if val_fraction + test_fraction >= 1:
        raise DataError(
            "`val_fraction` + `test_fraction` must be below 1 to leave images to train "
            f"on, got {val_fraction} + {test_fraction}."
        )


def cut(
    scanned: dict[str, ScannedSplit],
    classes: tuple[str, ...],
    seed: int,
    val_fraction: float,
    test_fraction: float,
) -> dict[str, ScannedSplit]:
    """Return train, val and perhaps test, cut where the source leaves it to us."""
    if "val" in scanned:
        return scanned
    whole = scanned.get(FLAT) or scanned["train"]
    side = _split.split_by_content(
        whole.keys(),
        match_classes(whole.labels, classes, "the training images"),
        seed=seed,
        val_fraction=val_fraction,
        test_fraction=test_fraction if FLAT in scanned else 0.0,
    )
    splits = {
        "train": whole.take(np.flatnonzero(side == _split.TRAIN)),
        "val": whole.take(np.flatnonzero(side == _split.VAL)),
    }
    if "test" in scanned:
        splits["test"] = scanned["test"]
    elif (side == _split.TEST).any():
        splits["test"] = whole.take(np.flatnonzero(side == _split.TEST))
    return splits


def limit_train(
    train: ScannedSplit, classes: tuple[str, ...], seed: int, per_class: int
) -> ScannedSplit:
    """Return at most so many training images of every class."""
    checks.positive("per_class", per_class)
    targets = match_classes(train.labels, classes, "the training images")
    return train.take(
        _split.limit_per_class(train.keys(), targets, seed=seed, per_class=per_class)
    )
