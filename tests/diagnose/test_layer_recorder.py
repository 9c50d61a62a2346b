"""Layer statistics of a real loop, and that recording changes nothing."""

from functools import partial

import pytest
import torch
from torch import nn

from trainwell import losses as per_batch
from trainwell.diagnose import LayerRecorder, summarize_statistics
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
    recorder = LayerRecorder(1)
    batch = Batch(torch.ones(1, 1), torch.zeros(1), torch.arange(1))
    (model(batch.images) * 3).sum().backward()
    recorder.before_step(training, batch, torch.zeros(()))
    optimizer.step()
    training.step = 1
    recorder.after_step(training, batch, torch.zeros(()))
    statistics = recorder.records[0]
    assert statistics.step == 1
    assert statistics.gradient_norm == pytest.approx(3.0)
    assert statistics.ratios == {"weight": pytest.approx(0.3 / 2)}
    assert (statistics.dead, statistics.saturated, statistics.norm_gap) == (0, 0, 0)


def test_it_looks_every_few_steps_and_changes_nothing():
    seen = []
    recorder = LayerRecorder(
        3, lambda training, statistics: seen.append((training.step, statistics))
    )
    watched, plain = run([recorder]), run()
    assert [step for step, _ in seen] == [3, 6, 8], "and the last of 8"
    assert [statistics.step for statistics in recorder.records] == [3, 6, 8]
    for name, value in plain.model.state_dict().items():
        assert torch.equal(value, watched.model.state_dict()[name]), name
    assert list(recorder.records[0].ratios) == ["0.weight", "4.weight"]
    assert recorder.records[0].norm_gap > 0


def test_dead_and_saturated_units():
    training = state()
    training.model[0].weight.data.zero_()
    training.model[1].bias.data.fill_(-9)
    recorder = LayerRecorder(1)
    fit(training, Few(), cross_entropy, schedule=constant(), hooks=[recorder])
    assert recorder.records[0].dead == 1.0


def test_the_summary_has_the_ends_and_the_middle():
    recorder = LayerRecorder(4)
    run([recorder])
    line = summarize_statistics(recorder.records[0])
    low, high = sorted(recorder.records[0].ratios.values())
    assert (line["ratio_low"], line["ratio"], line["ratio_high"]) == (low, high, high)
    assert line.keys() >= {"gradient_norm", "dead", "saturated", "norm_gap"}
    assert "step" not in line
