"""Every class has its share in every part."""

import numpy as np
import pytest

from trainwell.tuning import stratified_folds

KEYS = np.arange(1000, 1103, dtype=np.uint64)
TARGETS = np.arange(103) % 4  # 26, 26, 26, 25 of each


def test_parts_and_classes_are_even():
    parts = stratified_folds(TARGETS, KEYS, folds=5, seed=0)
    assert sorted(np.bincount(parts)) == [20, 20, 21, 21, 21]
    for target in range(4):
        assert set(np.bincount(parts[target == TARGETS])) <= {5, 6}


def test_small_classes_do_not_pile_up_in_the_first_part():
    parts = stratified_folds(
        np.arange(9), np.arange(9, dtype=np.uint64), folds=3, seed=0
    )
    assert list(np.bincount(parts)) == [3, 3, 3]


def test_the_part_follows_the_content_and_the_seed():
    parts = stratified_folds(TARGETS, KEYS, folds=5, seed=0)
    order = np.random.default_rng(0).permutation(103)
    moved = stratified_folds(TARGETS[order], KEYS[order], folds=5, seed=0)
    np.testing.assert_array_equal(moved, parts[order])
    other = stratified_folds(TARGETS, KEYS, folds=5, seed=1)
    assert (other != parts).mean() > 0.5


@pytest.mark.parametrize("folds", [1, 104])
def test_impossible_parts_are_refused(folds):
    with pytest.raises(ValueError, match=f"between 2 and the 103 samples, got {folds}"):
        stratified_folds(TARGETS, KEYS, folds=folds, seed=0)


def test_samples_of_one_key_share_a_fold():
    keys = np.repeat(np.arange(20, dtype=np.uint64), 3)
    parts = stratified_folds(np.repeat(np.arange(20) % 2, 3), keys, folds=4, seed=0)
    assert all(len(set(parts[keys == key])) == 1 for key in np.unique(keys))
    assert np.bincount(parts).tolist() == [15] * 4
