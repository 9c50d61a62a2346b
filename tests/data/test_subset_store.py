"""A subset of a store hands out the pixels of its own rows."""

import numpy as np

from trainwell.data import SubsetStore, load, open_store


def test_rows_of_the_store_below():
    train = load("digits").train
    whole = open_store(train, short_side=None, memory_limit=2**30, threads=1)
    store = SubsetStore(whole, np.array([5, 3, 8]))
    assert len(store) == 3
    assert store.channels == whole.channels
    assert repr(store) == f"SubsetStore(images=3 of {len(whole)})"
    pack, rows = store.fetch(np.array([2, 0]))
    for row, index in zip(rows, (8, 5), strict=True):
        np.testing.assert_array_equal(pack.image(row), train.sample(index)[0])
    np.testing.assert_array_equal(
        store.sizes(np.array([1])), whole.sizes(np.array([3]))
    )
