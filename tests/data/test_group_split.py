import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import _group_split
from trainwell.data._split import TEST, TRAIN, VAL

RNG = np.random.default_rng(0)
GROUPS = [f"p{i}" for i in RNG.integers(0, 40, 400)]
KEYS = RNG.integers(0, 2**63, 400).astype(np.uint64)
TARGETS = RNG.integers(0, 3, 400)


def sides(units, **options):
    fractions = {"val_fraction": 0.1, "test_fraction": 0.2, "seed": 0, **options}
    return _group_split.split(units, TARGETS[: len(units)], **fractions)


@pytest.mark.parametrize("stratified", [False, True])
def test_no_group_is_on_two_sides(stratified):
    units = _group_split.units(KEYS, GROUPS)
    side = sides(units, stratified=stratified)
    assert {len(set(side[units == u])) for u in units} == {1}
    assert set(side.tolist()) == {TRAIN, VAL, TEST}
    assert np.array_equal(side, sides(units, stratified=stratified))
    assert not np.array_equal(side, sides(units, stratified=stratified, seed=1))


def test_stratified_groups_keep_the_shares_of_every_class():
    side = sides(_group_split.units(KEYS, GROUPS), stratified=True)
    for wanted, share in ((TRAIN, 0.7), (VAL, 0.1), (TEST, 0.2)):
        for target in range(3):
            found = (side[target == TARGETS] == wanted).mean()
            assert abs(found - share) < 0.05


def test_copies_join_their_groups():
    keys = np.array([1, 2, 2, 3, 4], np.uint64)
    units = _group_split.units(keys, ["a", "a", "b", "b", "c"])
    assert len(set(units[:4].tolist())) == 1
    assert units[4] != units[0]


def test_more_groups_move_no_old_one():
    before = sides(_group_split.units(KEYS[:300], GROUPS[:300]))
    after = sides(_group_split.units(KEYS, GROUPS))
    assert np.array_equal(before, after[:300])


def test_folds_cover_every_image_once():
    units = _group_split.units(KEYS, GROUPS)
    fold = _group_split.folds(units, TARGETS, seed=0, count=5)
    assert {len(set(fold[units == u])) for u in units} == {1}
    assert np.bincount(fold).min() > 70


def test_too_few_groups():
    units = _group_split.units(KEYS[:10], ["a", "b"] * 5)
    with pytest.raises(DataError, match="2 groups that share no image, too few for 3"):
        sides(units)
    with pytest.raises(DataError, match="too few for 4 folds"):
        _group_split.folds(units, TARGETS[:10], seed=0, count=4)
