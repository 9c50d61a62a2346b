"""Features of images: all, or as many as there is time for, each in its row."""

import time

import pytest
import torch

from trainwell.runs import Quiet
from trainwell.runs.setup import _features as module
from trainwell.runs.setup._features import features_of


def fetch(rows):
    return rows.float().reshape(-1, 1, 1, 1).expand(-1, 3, 8, 8)


def reads(images):
    return images.mean((2, 3))


def test_every_image_has_its_own_row():
    order = torch.randperm(70, generator=torch.Generator().manual_seed(0))
    found, rows = features_of(reads, fetch, order, time.perf_counter() + 60, Quiet())
    assert torch.equal(rows, order)
    assert torch.equal(found, order.float()[:, None].expand(-1, 3))


@pytest.mark.parametrize(("side", "batch"), [(8, 32), (200, 16)])
def test_without_time_the_first_batch_is_kept(side, batch):
    def large(rows):
        return torch.zeros(len(rows), 3, side, side)

    found, rows = features_of(reads, large, torch.arange(70), 0.0, Quiet())
    assert len(found) == len(rows) == batch


def test_memory_bounds_how_many_are_kept(monkeypatch):
    monkeypatch.setattr(module, "MOST", 3 * 40)
    found, rows = features_of(
        reads, fetch, torch.arange(70), time.perf_counter() + 60, Quiet()
    )
    assert len(found) == len(rows) == 40


def test_parts_stay_apart(monkeypatch):
    monkeypatch.setattr(module, "MOST", 3 * 9 * 40)
    found, rows = features_of(
        lambda images: reads(images)[:, None].expand(-1, 9, -1),
        fetch,
        torch.arange(70),
        time.perf_counter() + 60,
        Quiet(),
    )
    assert found.shape == (40, 9, 3)
    assert torch.equal(found[:, 4, 2], rows.float())
