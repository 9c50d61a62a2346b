"""Indices: evenly spaced, or every class in proportion."""

import numpy as np
import pytest

from trainwell.data import (
    evenly_spaced_indices,
    load,
    spaced_indices_per_class,
    stratified_indices,
)


@pytest.fixture(scope="module")
def train():
    return load("digits").train


def test_evenly_spaced_from_the_first_to_the_last():
    np.testing.assert_array_equal(evenly_spaced_indices(10, 4), [0, 3, 6, 9])
    np.testing.assert_array_equal(evenly_spaced_indices(3, 5), [0, 1, 2])


def test_fewer_images_keep_every_class(train):
    rows = stratified_indices(train, 60, seed=0)
    assert len(set(rows)) == 60
    fraction = np.bincount(train.targets[rows]) / 60
    whole = np.bincount(train.targets) / len(train)
    assert np.abs(fraction - whole).max() < 1.5 / 60
    np.testing.assert_array_equal(
        stratified_indices(train, len(train), seed=0), np.arange(len(train))
    )


def test_the_seed_and_the_content_decide(train):
    rows = stratified_indices(train, 60, seed=0)
    np.testing.assert_array_equal(rows, stratified_indices(train, 60, seed=0))
    assert set(rows) != set(stratified_indices(train, 60, seed=1))
    assert rows[:4].tolist() == [4, 20, 21, 50]


def test_spaced_per_class_takes_two_of_each_at_least():
    targets = np.array([0] * 100 + [1] * 3 + [2])
    rows = spaced_indices_per_class(targets, 10)
    assert (np.bincount(targets[rows]) == [10, 2, 1]).all()
    assert rows[0] == 0
    assert rows[-1] == 103
    np.testing.assert_array_equal(spaced_indices_per_class(targets, 999), range(104))


def test_other_targets_are_drawn_by_the_strata_that_are_given():
    strata = np.arange(40) // 10
    keys = np.arange(40, dtype=np.uint64)

    class Numbers:
        targets = np.zeros((40, 2))

        def __len__(self):
            return 40

    Numbers.keys = keys
    some = stratified_indices(Numbers(), 8, seed=0, strata=strata)
    assert np.bincount(strata[some]).tolist() == [2, 2, 2, 2]
