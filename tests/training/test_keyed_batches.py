"""Batches depend on (seed, epoch, sample) alone."""

import dataclasses

import numpy as np
import pytest
import torch

from trainwell.data import StreamingStore, subset
from trainwell.training import plain_batches


def looks(batches, first, last):
    """Map (epoch, sample) to its pixels."""
    found = {}
    for step, batch in enumerate(batches.stream(first, last), first):
        for index, image in zip(batch.indices.tolist(), batch.images, strict=True):
            found[step // batches.per_epoch, index] = image
    return found


def assert_same(a, b, at_least):
    common = a.keys() & b.keys()
    assert len(common) >= at_least
    assert all(torch.equal(a[key], b[key]) for key in common)


def test_an_epoch_holds_every_sample_at_most_once(setup):
    batches = setup.batches()
    assert batches.per_epoch == 6
    seen = torch.cat([b.indices for b in batches.stream(0, 6)]).tolist()
    assert len(seen) == len(set(seen)) == 192


def test_what_an_epoch_leaves_out_differs(setup):
    batches = setup.batches()
    left = [
        set(range(200))
        - set(torch.cat([b.indices for b in batches.stream(a, a + 6)]).tolist())
        for a in (0, 6)
    ]
    assert left[0] != left[1]


def test_looks_change_with_the_epoch_and_the_seed(setup):
    a = looks(setup.batches(), 0, 12)
    changed = [
        not torch.equal(a[0, i], a[1, i])
        for i in range(200)
        if {(0, i), (1, i)} <= a.keys()
    ]
    assert np.mean(changed) > 0.8  # one shift in nine is the same by chance
    b = looks(setup.batches(seed=4), 0, 6)
    same = [torch.equal(a[k], b[k]) for k in a.keys() & b.keys()]
    assert np.mean(same) < 0.3


@pytest.mark.parametrize("batch_size", [1, 7, 200])
def test_batch_size_changes_nothing_about_a_look(setup, batch_size):
    other = setup.batches(batch_size=batch_size)
    assert_same(looks(setup.batches(), 0, 6), looks(other, 0, other.per_epoch), 180)


def test_threads_change_nothing(setup):
    settings = dataclasses.replace(setup.settings, threads=3)
    assert_same(
        looks(setup.batches(), 0, 6), looks(setup.batches(settings=settings), 0, 6), 192
    )


def test_resume_point_changes_nothing(setup):
    whole = list(setup.batches().stream(0, 9))
    for a, b in zip(whole[4:], setup.batches().stream(4, 9), strict=True):
        assert torch.equal(a.indices, b.indices)
        assert torch.equal(a.images, b.images)


def test_streaming_changes_nothing(setup):
    store = StreamingStore(setup.dataset, None, 2)
    assert_same(
        looks(setup.batches(), 0, 9), looks(setup.batches(store=store), 0, 9), 192
    )


def test_memory_format_changes_nothing_but_the_layout(setup):
    settings = dataclasses.replace(setup.settings, memory_format="channels_last")
    assert_same(
        looks(setup.batches(), 0, 6), looks(setup.batches(settings=settings), 0, 6), 192
    )


def test_a_sample_keeps_its_look_when_others_are_removed(setup):
    kept = np.arange(100, 200)
    part = subset(setup.dataset, kept)
    from trainwell.data import open_store

    store = open_store(part, short_side=None, memory_limit=10**9, threads=1)
    few = looks(setup.batches(dataset=part, store=store), 0, 3)
    many = looks(setup.batches(), 0, 6)
    renamed = {(epoch, int(kept[i])): image for (epoch, i), image in few.items()}
    assert_same(many, renamed, 90)


def test_plain_batches_hold_every_sample_once_in_order(setup):
    batches = list(plain_batches(setup.dataset, setup.store, setup.settings, 64))
    assert [len(b) for b in batches] == [64, 64, 64, 8]
    assert torch.cat([b.indices for b in batches]).tolist() == list(range(200))
    raw = setup.dataset.sample(70)[0][:, :, 0]
    expected = (raw / 255 - 0.3) / 0.3
    np.testing.assert_allclose(batches[1].images[6, 0].numpy(), expected, rtol=1e-5)
