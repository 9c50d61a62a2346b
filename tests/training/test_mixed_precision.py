"""Choosing how to step: the fastest that keeps the loss; nothing is disturbed."""

from functools import partial

import torch
from torch import nn

from trainwell import losses as per_batch
from trainwell.training import Batch, choose_step, fastest_step
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
    assert best == fastest_step(kept)
    assert best.images_per_second >= max(t.images_per_second for t in kept) / 1.1
    assert [(t.precision, t.memory_format) for t in timed] == [
        ("float32", "contiguous"),
        ("float32", "channels_last"),
        ("bfloat16", "contiguous"),
        ("bfloat16", "channels_last"),
    ]


def test_a_fast_way_that_changes_the_loss_is_not_taken(monkeypatch):
    speeds = {"float32": (100.0, 1.0), "bfloat16": (900.0, 1.2)}

    def fake(model, batch, loss_fn, way, steps, least):
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


def test_ties_are_decided_by_order_and_clear_gains_are_taken():
    def fastest(*speeds):
        ways = [("float32", "contiguous"), ("float32", "channels_last")]
        ways += [("bfloat16", "contiguous"), ("bfloat16", "channels_last")]
        timed = [
            module.StepTime(*way, speed, 2.0)
            for way, speed in zip(ways, speeds, strict=True)
        ]
        return timed.index(fastest_step(timed))

    assert fastest(100, 109, 108, 95) == 0
    assert fastest(100, 120, 131, 95) == 1
    assert fastest(100, 120, 133, 95) == 2
    assert fastest(90, 109, 111, 210) == 3


def test_few_images_of_large_ones_and_of_small_ones_enough():
    seen = []

    class Sees(nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = nn.Linear(3, 4)

        def forward(self, x):
            seen.append(len(x))
            return self.linear(x.mean((2, 3)))

    for side, expected in ((16, 64), (64, 64), (128, 16), (224, 8), (400, 8)):
        images = torch.zeros(70, 3, side, side)
        some = Batch(images, torch.arange(70) % 4, torch.arange(70))
        seen.clear()
        choose_step(Sees(), some, cross_entropy, steps=1)
        assert set(seen) == {expected}


def test_a_hopeless_pair_is_left_after_its_first_step(monkeypatch):
    """The clock stands still but for a forward pass: 0.125 s, or 0.5 s in channels_last."""
    now, passes = [0.0], []

    class Slow(nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = nn.Linear(3, 4)

        def forward(self, x):
            last = x.is_contiguous(memory_format=torch.channels_last)
            passes.append(last)
            now[0] += 0.5 if last else 0.125
            return self.linear(x.mean((2, 3)))

    monkeypatch.setattr(module.time, "perf_counter", lambda: now[0])
    best, timed = choose_step(Slow(), batch(), cross_entropy)
    assert passes == [False] * 4 + [True] + [False] * 4 + [True]
    assert (best.memory_format, len(timed)) == ("contiguous", 4)
    passes.clear()
    choose_step(Slow(), batch(), cross_entropy, steps=90)
    assert passes.count(False) == 2 * 6  # more than half a second is enough
