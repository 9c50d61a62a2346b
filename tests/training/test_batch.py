"""Batches by hand."""

import pytest
import torch

from trainwell.training import Batch, Batches, autocast


def batch(count):
    return Batch(
        torch.arange(count * 2.0).reshape(count, 2), *[torch.arange(count)] * 2
    )


def test_parts_are_nearly_equal_and_in_order():
    parts = batch(7).split(3)
    assert [len(part) for part in parts] == [3, 2, 2]
    assert torch.equal(torch.cat([part.images for part in parts]), batch(7).images)
    assert torch.cat([part.indices for part in parts]).tolist() == list(range(7))
    assert [len(part) for part in batch(2).split(5)] == [1, 1], "none is empty"


def test_what_has_a_stream_is_a_source_of_batches():
    class Few:
        per_epoch = 1

        def stream(self, first, last):
            yield from ()

    assert isinstance(Few(), Batches)
    assert not isinstance([batch(2)], Batches)


@pytest.mark.parametrize(
    ("precision", "dtype"), [("float32", torch.float32), ("bfloat16", torch.bfloat16)]
)
def test_autocast(precision, dtype):
    x = torch.ones(2, 2)
    with autocast(torch.device("cpu"), precision):
        assert (x @ x).dtype == dtype
