"""Joined: the first's samples, then the second's."""

import numpy as np

from trainwell.data import Dataset, array_dataset, open_store
from trainwell.data._concat import ConcatDataset
from trainwell.data.synthetic import shapes


def joined():
    drawn = shapes(5, size=8, classes=("disc", "star"))
    images = np.arange(3 * 4 * 6 * 3, dtype=np.uint8).reshape(3, 4, 6, 3)
    return ConcatDataset(
        array_dataset(images, np.array([0, 1, 0]), ("disc", "star")), drawn
    )


def test_it_is_a_dataset_of_both():
    both = joined()
    assert isinstance(both, Dataset)
    assert len(both) == len(both.names) == len(both.keys) == 8
    np.testing.assert_array_equal(both.targets[:3], [0, 1, 0])
    np.testing.assert_array_equal(both.targets[3:], both.second.targets)
    np.testing.assert_array_equal(both.sizes[[2, 3]], [(4, 6), (8, 8)])


def test_samples_come_from_the_one_that_holds_them():
    both = joined()
    for i in range(8):
        source, index = (both.first, i) if i < 3 else (both.second, i - 3)
        np.testing.assert_array_equal(both.sample(i)[0], source.sample(index)[0])
        assert both.sample(i)[1] == both.targets[i]
    assert both.sample(4, short_side=4)[0].shape == (4, 4, 3)


def test_stores_serve_it_and_it_has_a_fingerprint_of_its_own():
    both = joined()
    store = open_store(both, short_side=None, memory_limit=1 << 20, threads=1)
    pack, rows = store.fetch(np.array([7, 0]))
    np.testing.assert_array_equal(pack.image(int(rows[0])), both.sample(7)[0])
    assert both.fingerprint not in {both.first.fingerprint, both.second.fingerprint}
