import numpy as np

from trainwell.training._balanced_order import balanced_order

TARGETS = np.repeat([0, 1, 2], [90, 9, 4])
KEYS = np.random.default_rng(0).integers(0, 2**63, len(TARGETS)).astype(np.uint64)


def test_every_class_is_shown_as_often_within_one():
    for epoch in range(4):
        order = balanced_order(3, epoch, KEYS, TARGETS)
        counts = np.bincount(TARGETS[order])
        assert len(order) == len(TARGETS)
        assert sorted(counts.tolist()) == [34, 34, 35]


def test_images_of_a_class_repeat_evenly():
    order = balanced_order(0, 0, KEYS, TARGETS)
    times = np.bincount(order, minlength=len(TARGETS))
    assert times[TARGETS == 0].max() == 1
    assert set(times[TARGETS == 1].tolist()) <= {3, 4}
    assert set(times[TARGETS == 2].tolist()) <= {8, 9}


def test_it_is_a_function_of_seed_and_epoch():
    order = balanced_order(0, 1, KEYS, TARGETS)
    assert np.array_equal(order, balanced_order(0, 1, KEYS, TARGETS))
    assert not np.array_equal(order, balanced_order(0, 2, KEYS, TARGETS))
    assert not np.array_equal(order, balanced_order(1, 1, KEYS, TARGETS))
    shown = {i for epoch in range(20) for i in balanced_order(0, epoch, KEYS, TARGETS)}
    assert shown == set(range(len(TARGETS)))


def test_classes_are_mixed_within_an_epoch():
    order = TARGETS[balanced_order(0, 0, KEYS, TARGETS)]
    halves = [np.bincount(half, minlength=3) for half in np.array_split(order, 2)]
    assert np.abs(halves[0] - halves[1]).max() < 20
