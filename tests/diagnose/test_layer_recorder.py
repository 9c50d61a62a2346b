"""What a monitor sees while a real loop runs, and that it changes nothing."""

from functools import partial

import pytest
import torch
from torch import nn

from trainwell import losses as per_batch
from trainwell.diagnose import (
    CpuUsage,
    LayerRecorder,
    TimedBatches,
    check_data_time,
    summarize_statistics,
)
from trainwell.schedules import constant
from trainwell.training import Batch, TrainState, fit

cross_entropy = partial(per_batch.cross_entropy, reduction="none")


class Few:
    per_epoch = 4

    def stream(self, first, last):
        generator = torch.Generator().manual_seed(0)
        for step in range(last):
            x = torch.randn(8, 3, generator=generator)
            batch = Batch(x, (x[:, 0] > 0).long(), torch.arange(8))
            if step >= first:
                yield batch


def state(total=8):
    torch.manual_seed(0)
    model = nn.Sequential(
        nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Dropout(0.5)
    )
    model.append(nn.Linear(4, 2))
    return TrainState(
        model=model,
        optimizer=torch.optim.SGD(model.parameters(), 0.1),
        total_steps=total,
    )


def run(hooks=(), batches=None):
    return fit(
        state(), batches or Few(), cross_entropy, schedule=constant(), hooks=hooks
    )


def test_numbers_of_a_step():
    """With one weight of 2 and plain SGD the update is rate times gradient."""
    model = nn.Linear(1, 1, bias=False)
    nn.init.constant_(model.weight, 2.0)
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    training = TrainState(model=model, optimizer=optimizer, total_steps=1)
    monitor = LayerRecorder(1)
    batch = Batch(torch.ones(1, 1), torch.zeros(1), torch.arange(1))
    (model(batch.images) * 3).sum().backward()
    monitor.before_step(training, batch, torch.zeros(()))
    optimizer.step()
    training.step = 1
    monitor.after_step(training, batch, torch.zeros(()))
    statistics = monitor.records[0]
    assert statistics.step == 1
    assert statistics.gradient_norm == pytest.approx(3.0)
    assert statistics.ratios == {"weight": pytest.approx(0.3 / 2)}
    assert (statistics.dead, statistics.saturated, statistics.norm_gap) == (0, 0, 0)


def test_it_looks_every_few_steps_and_changes_nothing():
    seen = []
    monitor = LayerRecorder(
        3, lambda training, statistics: seen.append((training.step, statistics))
    )
    watched, plain = run([monitor]), run()
    assert [step for step, _ in seen] == [3, 6, 8], "and the last of 8"
    assert [statistics.step for statistics in monitor.records] == [3, 6, 8]
    for name, value in plain.model.state_dict().items():
        assert torch.equal(value, watched.model.state_dict()[name]), name
    assert list(monitor.records[0].ratios) == ["0.weight", "4.weight"]
    assert monitor.records[0].norm_gap > 0


def test_dead_and_saturated_units():
    training = state()
    training.model[0].weight.data.zero_()
    training.model[1].bias.data.fill_(-9)
    monitor = LayerRecorder(1)
    fit(training, Few(), cross_entropy, schedule=constant(), hooks=[monitor])
    assert monitor.records[0].dead == 1.0


def test_the_summary_has_the_ends_and_the_middle():
    monitor = LayerRecorder(4)
    run([monitor])
    line = summarize_statistics(monitor.records[0])
    low, high = sorted(monitor.records[0].ratios.values())
    assert (line["ratio_low"], line["ratio"], line["ratio_high"]) == (low, high, high)
    assert line.keys() >= {"gradient_norm", "dead", "saturated", "norm_gap"}
    assert "step" not in line


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


def test_processor_is_busy_for_the_share_since_the_last_look(monkeypatch):
    worked, passed = iter([10.0, 13.0, 21.0, 21.0]), iter([0.0, 2.0, 4.0, 4.0])
    here = "trainwell.diagnose._data_time.time"
    monkeypatch.setattr(f"{here}.process_time", lambda: next(worked))
    monkeypatch.setattr(f"{here}.perf_counter", lambda: next(passed))
    processor = CpuUsage(2)
    assert processor.busy() == pytest.approx(0.75)
    assert processor.busy() == 1.0, "8 s in 2 s of 2 threads: more than can be"
    assert processor.busy() == 0.0, "no time has passed"


@pytest.mark.parametrize(
    ("waited", "name"), [(3.1, "data-bound"), (2.9, "compute-bound")]
)
def test_phases(waited, name):
    assert check_data_time(waited, 10.0).name == name
    assert check_data_time(0.0, 0.0).level == "pass"
