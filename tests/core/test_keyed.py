"""Keyed randomness: known values, independence, uniformity."""

import numpy as np
import pytest

from trainwell.core import keyed


def splitmix(z):
    """SplitMix64's step and output, in Python's integers."""
    mask = 2**64 - 1
    z = (z + 0x9E3779B97F4A7C15) & mask
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
    return z ^ (z >> 31)


def by_hand(seed, epoch, key, operation, k):
    state = 0
    for word in (seed, epoch, keyed.name_key(operation)):
        state = splitmix(state ^ word)
    return splitmix(splitmix(state ^ key) ^ splitmix(k))


def test_published_first_value_of_splitmix64():
    assert splitmix(0) == 0xE220A8397B1DCDAF


def test_bits_match_the_definition_in_plain_integers():
    keys = np.array([0, 7, 2**64 - 1], np.uint64)
    drawn = keyed.bits(3, 5, keys, "flip", 2)
    expected = [[by_hand(3, 5, int(k), "flip", i) for i in range(2)] for k in keys]
    assert drawn.tolist() == expected


def test_a_draw_does_not_depend_on_its_neighbours():
    keys = np.arange(100, dtype=np.uint64)
    whole = keyed.uniform(1, 2, keys, "crop", 3)
    np.testing.assert_array_equal(
        whole[40:60], keyed.uniform(1, 2, keys[40:60], "crop", 3)
    )


@pytest.mark.parametrize("other", [(2, 0, "a"), (1, 1, "a"), (1, 0, "b")])
def test_seed_epoch_and_operation_each_change_the_draw(other):
    keys = np.arange(1000, dtype=np.uint64)
    a = keyed.uniform(1, 0, keys, "a")[:, 0]
    b = keyed.uniform(other[0], other[1], keys, other[2])[:, 0]
    assert abs(np.corrcoef(a, b)[0, 1]) < 4 / np.sqrt(1000)  # four sigmas


def test_uniform_is_uniform():
    u = keyed.uniform(0, 0, np.arange(100_000, dtype=np.uint64), "u")[:, 0]
    assert u.min() >= 0
    assert u.max() < 1
    counts = np.histogram(u, 20, (0, 1))[0]
    chi2 = ((counts - 5000) ** 2 / 5000).sum()
    assert chi2 < 19 + 4 * np.sqrt(38)  # mean and four sigmas of chi2 with 19 degrees


def test_order_is_a_permutation_that_changes_with_the_epoch():
    keys = np.arange(50, dtype=np.uint64)
    a, b = keyed.order(0, 0, keys), keyed.order(0, 1, keys)
    assert sorted(a) == list(range(50))
    assert a.tolist() != b.tolist()


def test_order_of_old_samples_survives_new_ones():
    keys = np.arange(50, dtype=np.uint64)
    old = keyed.order(0, 0, keys[:40])
    new = keyed.order(0, 0, keys)
    assert [i for i in new if i < 40] == old.tolist()
