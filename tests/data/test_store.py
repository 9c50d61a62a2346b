import tracemalloc

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import (
    ResidentStore,
    StreamingStore,
    array_dataset,
    load,
    open_store,
    shrink,
    subset,
)


@pytest.fixture
def mixed(write, tmp_path):
    """A dataset of files of mixed sizes and formats."""
    for i in range(50):
        size = {"height": 20 + 7 * (i % 5), "width": 60 - 11 * (i % 4)}
        write(f"{'ab'[i % 2]}/{i}.{'jpg' if i % 3 else 'png'}", i, **size)
    return load(tmp_path).train


def _open(dataset, short_side=None, memory_limit=1 << 30, threads=2):
    return open_store(
        dataset, short_side=short_side, memory_limit=memory_limit, threads=threads
    )


@pytest.mark.parametrize("short_side", [None, 16, 30])
@pytest.mark.parametrize("memory_limit", [0, 1 << 30])
def test_both_stores_hold_what_samples_give(short_side, memory_limit, mixed):
    store = _open(mixed, short_side, memory_limit)
    assert isinstance(store, StreamingStore if memory_limit == 0 else ResidentStore)
    assert len(store) == len(mixed)
    indices = np.array([5, 0, 5, 17, 3])
    pack, rows = store.fetch(indices)
    assert len(rows) == 5
    for row, index in zip(rows, indices, strict=True):
        np.testing.assert_array_equal(
            pack.image(int(row)), mixed.sample(int(index), short_side)[0]
        )
    assert store.channels == pack.channels == 3


def test_the_limit_is_on_decoded_bytes(mixed):
    needed = int(mixed.sizes.astype(np.int64).prod(axis=1).sum()) * 3
    assert isinstance(_open(mixed, None, needed), ResidentStore)
    assert isinstance(_open(mixed, None, needed - 1), StreamingStore)
    assert isinstance(_open(mixed, 10, needed // 3), ResidentStore)


def test_resident_fetches_share_one_pack(mixed):
    store = _open(mixed)
    (first, rows), (second, _) = store.fetch(np.array([3])), store.fetch(np.array([4]))
    assert first is second
    assert rows.tolist() == [3]


def test_streaming_an_empty_batch(mixed):
    pack, rows = _open(mixed, memory_limit=0).fetch(np.array([], np.int64))
    assert len(pack) == len(rows) == 0


def test_the_number_of_threads_changes_nothing(mixed):
    one, many = _open(mixed, 16, 0, 1), _open(mixed, 16, 0, 7)
    indices = np.arange(len(mixed))
    np.testing.assert_array_equal(
        one.fetch(indices)[0].buffer, many.fetch(indices)[0].buffer
    )


def test_arrays_are_held_without_a_copy(picture):
    images = np.stack([picture(i) for i in range(6)])
    data = array_dataset(images, np.arange(6) % 2, ("a", "b"))
    store = _open(data, 20, 0)
    pack, _ = store.fetch(np.array([0]))
    assert np.shares_memory(pack.buffer, images)
    np.testing.assert_array_equal(pack.image(4), images[4])
    reduced = _open(data, 10)
    np.testing.assert_array_equal(reduced.pack.image(4), shrink(images[4], 10))


def test_a_subset_is_held_alike(mixed):
    part = subset(mixed, [4, 2])
    pack, rows = _open(part).fetch(np.array([1]))
    np.testing.assert_array_equal(pack.image(int(rows[0])), mixed.sample(2)[0])


@pytest.mark.parametrize("memory_limit", [0, 1 << 30])
def test_files_that_change_or_go_are_an_error(memory_limit, mixed, encoded, picture):
    height, width = mixed.sizes[3].tolist()
    mixed.paths[3].write_bytes(encoded(picture(7, height, width)))
    with pytest.raises(DataError, match=r"8.jpg has changed since it was scanned; "):
        _open(mixed, None, memory_limit).fetch(np.arange(5))
    mixed.paths[3].unlink()
    with pytest.raises(DataError, match="cannot read .*no such file"):
        _open(mixed, None, memory_limit).fetch(np.arange(5))


def test_streaming_memory_does_not_grow_with_epochs(mixed):
    store = _open(mixed, 24, 0)
    indices = np.arange(len(mixed))

    def epoch() -> int:
        for start in range(0, len(indices), 8):
            store.fetch(indices[start : start + 8])
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        epoch()
        first = epoch()
        last = [epoch() for _ in range(20)][-1]
    finally:
        tracemalloc.stop()
    assert last - first < 50_000  # one batch alone is larger


def test_threads_must_be_positive(mixed):
    with pytest.raises(ValueError, match="`threads` must be positive, got 0"):
        _open(mixed, threads=0)
