import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import load
from trainwell.data._split import TEST, VAL, folds, split_by_content


def pairs(*counts):
    draw = np.random.default_rng(0)
    images = draw.integers(0, 256, (sum(counts), 8, 8), np.uint8)
    return images, np.repeat(np.arange(len(counts)), counts)


def test_stratified_is_exact_to_rounding():
    images, targets = pairs(101, 47, 30)
    splits = load((images, targets), split="stratified")
    for part, share in ((splits.val, 0.1), (splits.test, 0.2)):
        found = np.bincount(part.targets)
        assert found.tolist() == [round(share * n) for n in (101, 47, 30)]


def test_stratified_takes_one_of_small_classes():
    keys = np.arange(8, dtype=np.uint64)
    targets = np.array([0, 0, 0, 1, 1, 2, 2, 2])
    fractions = {"seed": 0, "val_fraction": 0.1, "test_fraction": 0.1}
    side = split_by_content(keys, targets, stratified=True, **fractions)
    assert [(side[targets == t] == VAL).sum() for t in range(3)] == [1, 1, 1]
    assert [(side[targets == t] == TEST).sum() for t in range(3)] == [1, 0, 1]


def test_folds_validate_on_every_image_once():
    source = pairs(60, 33)
    parts = [load(source, folds=5, fold=i) for i in range(5)]
    tests = {p.test.fingerprint for p in parts}
    assert len(tests) == 1
    keys = np.concatenate([p.val.keys for p in parts])
    assert len(set(keys.tolist())) == len(keys)
    assert set(keys.tolist()) == {
        *parts[0].train.keys.tolist(),
        *parts[0].val.keys.tolist(),
    }
    counts = np.array([np.bincount(p.val.targets) for p in parts])
    assert (np.ptp(counts, axis=0) <= 1).all()
    assert np.ptp(counts.sum(1)) <= 1
    with pytest.raises(DataError, match=r"`data.fold` must be in \[0, 4\]"):
        load(source, folds=5, fold=5)


def test_copies_share_a_fold():
    keys = np.array([5, 6, 5, 7, 8, 6], np.uint64)
    fold = folds(keys, np.zeros(6, np.int64), seed=0, count=3)
    assert fold[0] == fold[2]
    assert fold[1] == fold[5]


def test_everything_for_training():
    source = pairs(20, 20)
    splits = load(source, val_fraction=0, test_fraction=0)
    assert (len(splits.train), splits.test, splits.held_out) == (40, None, False)
    assert set(splits.val.keys) <= set(splits.train.keys)
    assert splits.audit.counts.keys() == {"train"}
    assert "No image is held out to validate on" in splits.audit.notes[0]
    assert load(source).held_out


def test_nothing_to_validate_on():
    text = (
        r"no image is left to validate on: every class has one \(0, 1, 2 and 3 more\); "
        r"give two or more of each class, a val folder, or .*data\.val_share=0"
    )
    with pytest.raises(DataError, match=text):
        load(pairs(1, 1, 1, 1, 1, 1))


def test_folds_of_data_with_a_val_split():
    images, targets = pairs(10, 10)
    source = {"train": (images, targets), "val": (images[:4], targets[:4])}
    with pytest.raises(DataError, match="`data.folds` cuts validation images"):
        load(source, folds=2)
