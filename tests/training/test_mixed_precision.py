"""Choosing how to step: the fastest that keeps the loss; nothing is disturbed."""

from functools import partial

import torch
from torch import nn

from trainwell import losses as per_batch
from trainwell.training import Batch, choose_step
from trainwell.training import _mixed_precision as module

cross_entropy = partial(per_batch.cross_entropy, reduction="none")


def batch():
    g = torch.Generator().manual_seed(0)
    return Batch(
        torch.randn(8, 3, 6, 6, generator=g), torch.arange(8) % 4, torch.arange(8)
    )


def model():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 4, 3),
        nn.BatchNorm2d(4),
        nn.Dropout(0.5),
        nn.Flatten(),
        nn.Linear(64, 4),
    )


def test_all_ways_are_timed_and_the_fastest_wins():
    best, timed = choose_step(model(), batch(), cross_entropy, steps=1)
    tolerance = 0.05 * timed[0].loss
    kept = [t for t in timed if abs(t.loss - timed[0].loss) <= tolerance]
    assert best.images_per_second == max(t.images_per_second for t in kept)
    assert [(t.precision, t.memory_format) for t in timed] == [
        ("float32", "contiguous"),
        ("float32", "channels_last"),
        ("bfloat16", "contiguous"),
        ("bfloat16", "channels_last"),
    ]


def test_a_fast_way_that_changes_the_loss_is_not_taken(monkeypatch):
    speeds = {"float32": (100.0, 1.0), "bfloat16": (900.0, 1.2)}

    def fake(model, batch, loss_fn, way, steps):
        return module.StepTime(way[0], way[1], *speeds[way[0]])

    monkeypatch.setattr(module, "_time", fake)
    assert choose_step(model(), batch(), cross_entropy)[0].precision == "float32"
    speeds["bfloat16"] = (900.0, 1.02)
    assert choose_step(model(), batch(), cross_entropy)[0].precision == "bfloat16"


def test_model_and_random_state_are_left_as_they_were():
    net = model()
    before = {k: v.clone() for k, v in net.state_dict().items()}
    state = torch.get_rng_state()
    choose_step(net, batch(), cross_entropy, steps=1)
    assert torch.equal(torch.get_rng_state(), state)
    assert all(torch.equal(v, before[k]) for k, v in net.state_dict().items())
    assert all(p.grad is None for p in net.parameters())


def test_the_candidates_can_be_narrowed():
    _, timed = choose_step(
        model(),
        batch(),
        cross_entropy,
        precisions=("bfloat16",),
        memory_formats=("contiguous",),
    )
    assert len(timed) == 1
