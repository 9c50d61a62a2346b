"""Cut the splits that a source does not have.

    content      each image's side is decided by its own content; see `_split`
    stratified   of every class the same fraction, exact to one image
    folds        validation is one of k parts of what is not for testing; near copies
                 of an image are in its part

Groups, where they are known, are never cut apart; see `_group_split`.

Source: none; see the modules it calls.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainwell.core import checks
from trainwell.core.errors import DataError
from trainwell.data import _group_split, _split
from trainwell.data._class_targets import CLASSES
from trainwell.data._classes import match_classes
from trainwell.data._near_groups import near_keys
from trainwell.data._scanned_split import ScannedSplit
from trainwell.data._source import FLAT
from trainwell.data._targets import TargetReader

RULES = ("content", "stratified")
_WHOLE = "the training images"


@dataclass(frozen=True)
class Cut:
    """How splits are cut.

    Attributes:
        seed: Another one cuts elsewhere.
        val_fraction: Fraction of validation images; 0 leaves none.
        test_fraction: Fraction of test images; 0 leaves none.
        rule: "content" or "stratified".
        folds: Number of parts that are validated on in turn; None for a fraction.
        fold: Which of them, from 0.
    """

    seed: int = 0
    val_fraction: float = 0.1
    test_fraction: float = 0.2
    rule: str = "content"
    folds: int | None = None
    fold: int = 0

    def check(self) -> None:
        """Raise DataError for what leaves nothing to train on."""
        checks.between("val_fraction", self.val_fraction, 0, 1)
        checks.between("test_fraction", self.test_fraction, 0, 1)
        checks.one_of("split", self.rule, RULES)
        if self.val_fraction + self.test_fraction >= 1:
            raise DataError(
                "`val_fraction` + `test_fraction` (data.val_share, data.test_share) "
                "must be below 1 to leave images to "
                f"train on, got {self.val_fraction} + {self.test_fraction}."
            )
        if self.folds is not None and not 0 <= self.fold < self.folds:
            raise DataError(
                f"`data.fold` must be in [0, {self.folds - 1}] for {self.folds} folds, "
                f"got {self.fold}."
            )


def cut(
    scanned: dict[str, ScannedSplit],
    classes: tuple[str, ...],
    how: Cut,
    reader: TargetReader = CLASSES,
) -> dict[str, ScannedSplit]:
    """Return train, val and perhaps test, cut where the source leaves it to us."""
    if "val" in scanned:
        if how.folds is not None:
            raise DataError(
                "`data.folds` cuts validation images from the training images, but the "
                "data has a val split of its own. Leave it out, or join the two."
            )
        return scanned
    whole = scanned.get(FLAT) or scanned["train"]
    strata = reader.strata(reader.targets(whole.labels, classes, _WHOLE))
    side = _sides(whole, strata, how, test=FLAT in scanned)
    splits = {"train": whole.take(np.flatnonzero(side == _split.TRAIN))}
    if (side == _split.VAL).any():
        splits["val"] = whole.take(np.flatnonzero(side == _split.VAL))
    elif how.val_fraction > 0 or how.folds is not None:
        raise DataError(_nothing_to_validate_on(strata, classes))
    if "test" in scanned:
        splits["test"] = scanned["test"]
    elif (side == _split.TEST).any():
        splits["test"] = whole.take(np.flatnonzero(side == _split.TEST))
    return splits


def _sides(
    whole: ScannedSplit, targets: npt.NDArray[np.int64], how: Cut, *, test: bool
) -> npt.NDArray[np.int8]:
    keys = whole.keys()
    groups = len(whole.groups) > 0
    units = _group_split.units(keys, whole.groups) if groups else keys
    side = (_group_split.split if groups else _split.split_by_content)(
        units,
        targets,
        seed=how.seed,
        val_fraction=how.val_fraction if how.folds is None else 0.0,
        test_fraction=how.test_fraction if test else 0.0,
        stratified=how.rule == "stratified",
    )
    if how.folds is None:
        return side
    rest = np.flatnonzero(side == _split.TRAIN)
    if not groups:
        units = near_keys(keys, whole.thumbs())
    deal = _group_split.folds if groups else _split.folds
    parts = deal(units[rest], targets[rest], seed=how.seed, count=how.folds)
    side[rest[parts == how.fold]] = _split.VAL
    return side


def _nothing_to_validate_on(
    strata: npt.NDArray[np.int64], classes: tuple[str, ...]
) -> str:
    counts = np.bincount(strata, minlength=len(classes))[: len(classes)]
    lone = [name for name, count in zip(classes, counts, strict=True) if count == 1]
    more = f" and {len(lone) - 3} more" if len(lone) > 3 else ""
    has = "every class has one" if len(lone) == len(classes) else "too few"
    shown = f" ({', '.join(lone[:3])}{more})" if lone else ""
    return (
        f"no image is left to validate on: {has}{shown}; give two or more of each "
        "class, a val folder, or train on all by data.val_share=0 data.test_share=0."
    )


def limit_train(
    train: ScannedSplit, classes: tuple[str, ...], seed: int, per_class: int
) -> ScannedSplit:
    """Return at most so many training images of every class."""
    checks.positive("per_class", per_class)
    targets = match_classes(train.labels, classes, _WHOLE)
    return train.take(
        _split.limit_per_class(train.keys(), targets, seed=seed, per_class=per_class)
    )
