"""The seconds spent waiting for data, by a clock made by hand."""

import pytest
import torch

from trainwell.diagnose import CpuUsage, TimedBatches, check_data_time
from trainwell.training import Batch


class Few:
    per_epoch = 4

    def stream(self, first, last):
        generator = torch.Generator().manual_seed(0)
        for step in range(last):
            x = torch.randn(8, 3, generator=generator)
            batch = Batch(x, (x[:, 0] > 0).long(), torch.arange(8))
            if step >= first:
                yield batch


def test_timed_batches_are_the_same_batches(monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr(
        "trainwell.diagnose._data_time.time.perf_counter", lambda: next(clock)
    )
    timed = TimedBatches(Few())
    assert timed.per_epoch == 4
    got = list(timed.stream(1, 4))
    for a, b in zip(got, Few().stream(1, 4), strict=True):
        assert torch.equal(a.images, b.images)
    assert timed.seconds == 4, "three batches and the end, one tick each"


def test_the_cpu_is_busy_for_the_fraction_since_the_last_call(monkeypatch):
    worked, passed = iter([10.0, 13.0, 21.0, 21.0]), iter([0.0, 2.0, 4.0, 4.0])
    here = "trainwell.diagnose._data_time.time"
    monkeypatch.setattr(f"{here}.process_time", lambda: next(worked))
    monkeypatch.setattr(f"{here}.perf_counter", lambda: next(passed))
    usage = CpuUsage(2)
    assert usage.busy() == pytest.approx(0.75)
    assert usage.busy() == 1.0, "8 s in 2 s of 2 threads: more than can be"
    assert usage.busy() == 0.0, "no time has passed"


@pytest.mark.parametrize(
    ("waited", "name"), [(3.1, "data-bound"), (2.9, "compute-bound")]
)
def test_the_limit(waited, name):
    assert check_data_time(waited, 10.0).name == name
    assert check_data_time(0.0, 0.0).level == "pass"
