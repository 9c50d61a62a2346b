import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainwell.data._split import TEST, TRAIN, VAL, limit_per_class, split_by_content


def _keys(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 2**64, count, np.uint64)


def _cut(keys, targets, seed=0, val_fraction=0.1, test_fraction=0.2):
    return split_by_content(
        keys, targets, seed=seed, val_fraction=val_fraction, test_fraction=test_fraction
    )


def test_shares_are_kept_per_class():
    keys, targets = _keys(20_000), np.arange(20_000) % 4
    side = _cut(keys, targets)
    for target in range(4):
        counts = np.bincount(side[targets == target], minlength=3) / 5000
        np.testing.assert_allclose(counts, [0.7, 0.1, 0.2], atol=0.025)  # 4 sigma


def test_adding_images_moves_none_of_the_old():
    keys, targets = _keys(3000), np.arange(3000) % 3
    before = _cut(keys[:1500], targets[:1500])
    after = _cut(keys, targets)
    np.testing.assert_array_equal(after[:1500], before)
    assert set(before.tolist()) == {TRAIN, VAL, TEST}


def test_order_does_not_matter():
    keys, targets = _keys(500), np.arange(500) % 5
    shuffled = np.random.default_rng(1).permutation(500)
    side = _cut(keys, targets)
    np.testing.assert_array_equal(
        _cut(keys[shuffled], targets[shuffled]), side[shuffled]
    )


def test_another_seed_cuts_elsewhere():
    keys, targets = _keys(500), np.zeros(500, np.int64)
    assert (_cut(keys, targets, seed=1) != _cut(keys, targets, seed=2)).mean() > 0.2


def test_validation_does_not_depend_on_whether_there_is_a_test_share_of_zero():
    keys, targets = _keys(400), np.zeros(400, np.int64)
    side = _cut(keys, targets, test_fraction=0.0)
    assert set(side.tolist()) == {TRAIN, VAL}


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 12), min_size=1, max_size=4),
    st.floats(0.01, 0.45),
    st.sampled_from([0.0, 0.05, 0.2, 0.5]),
    st.integers(0, 2**32),
)
def test_every_class_can_be_learnt_and_judged(
    counts, val_fraction, test_fraction, seed
):
    targets = np.repeat(np.arange(len(counts)), counts)
    keys = _keys(len(targets), seed)
    side = _cut(keys, targets, seed, val_fraction, test_fraction)
    for target, count in enumerate(counts):
        train, val, test = np.bincount(side[targets == target], minlength=3)
        assert train >= (count >= 1)
        assert val >= (count >= 2)
        assert test >= (count >= 3 and test_fraction > 0)


def test_small_classes_move_images_only_to_fill_an_empty_side():
    moved = 0
    for seed in range(100):
        keys = _keys(60, seed)
        before = _cut(keys[:30], np.zeros(30, np.int64), seed)
        after = _cut(keys, np.zeros(60, np.int64), seed)
        moved += int((after[:30] != before).sum())
    assert moved <= 12  # 0.9^30 of the classes lack a validation image before


@pytest.mark.parametrize("labels", ["same", "different"])
def test_copies_share_a_side(labels):
    keys = np.repeat(_keys(60), 5)
    targets = np.repeat(np.arange(60) % 3, 5)
    if labels == "different":
        targets = np.arange(300) % 3
    side = _cut(keys, targets).reshape(60, 5)
    assert (side == side[:, :1]).all()
    assert set(side[:, 0].tolist()) == {TRAIN, VAL, TEST}


def test_fewer_takes_so_many_of_every_class_and_more_take_those_too():
    keys, targets = _keys(1000), np.arange(1000) % 3
    ten = limit_per_class(keys, targets, seed=0, per_class=10)
    thirty = limit_per_class(keys, targets, seed=0, per_class=30)
    assert np.bincount(targets[ten]).tolist() == [10, 10, 10]
    assert set(ten) < set(thirty)
    assert (np.diff(thirty) > 0).all()
    all_of_them = limit_per_class(keys, targets, seed=0, per_class=1000)
    np.testing.assert_array_equal(all_of_them, np.arange(1000))


def test_fewer_takes_the_same_content_in_any_order_and_other_content_by_seed():
    keys, targets = _keys(600), np.arange(600) % 2
    shuffled = np.random.default_rng(1).permutation(600)
    taken = keys[limit_per_class(keys, targets, seed=0, per_class=20)]
    again = limit_per_class(keys[shuffled], targets[shuffled], seed=0, per_class=20)
    assert set(keys[shuffled][again]) == set(taken)
    other = keys[limit_per_class(keys, targets, seed=1, per_class=20)]
    assert len(set(other) & set(taken)) < 10  # 40 of 600; 2.7 expected by chance


def test_fewer_is_not_the_edge_of_the_cut():
    keys, targets = _keys(1000), np.zeros(1000, np.int64)
    kept = np.flatnonzero(_cut(keys, targets) == TRAIN)
    taken = limit_per_class(keys[kept], targets[kept], seed=0, per_class=50)
    other = _cut(
        keys[kept][taken], targets[taken], val_fraction=0.35, test_fraction=0.2
    )
    assert (other == TRAIN).any(), "the draw of the cut was used again"
