"""Sync batch norm: two real processes against one with the joined batch."""

import datetime
import subprocess
import sys
from pathlib import Path

import pytest
import torch
import torch.distributed as dist
from torch import nn

from trainwell.layers.norm import SyncBatchNorm
from trainwell.layers.norm._sync_batch_norm import sync_moments


def batch(shape):
    g = torch.Generator().manual_seed(0)
    return torch.randn(shape, generator=g, dtype=torch.float64) * 3 + 100


def weights(shape):
    g = torch.Generator().manual_seed(1)
    return torch.randn(shape, generator=g, dtype=torch.float64)


def layer_for(build, channels):
    layer = build(channels, momentum=0.3).double()
    with torch.no_grad():
        layer.weight.copy_(torch.linspace(-1, 2, channels))
        layer.bias.copy_(torch.linspace(3, 5, channels))
    return layer


def run(layer, x, w):
    x = x.clone().requires_grad_()
    y = layer(x)
    (y * w).sum().backward()
    return {
        "y": y.detach(),
        "x": x.grad,
        "weight": layer.weight.grad,
        "bias": layer.bias.grad,
        "mean": layer.running_mean,
        "var": layer.running_var,
    }


SIZES, SHAPES = (4, 2), [(6, 3, 4, 2), (6, 5)]


def work(rank, folder):
    """Run one process on its part of every batch."""
    torch.set_num_threads(1)
    dist.init_process_group(
        "gloo",
        init_method=f"file://{folder}/rendezvous",
        rank=rank,
        world_size=2,
        timeout=datetime.timedelta(seconds=60),
    )
    results = []
    for shape in SHAPES:
        x, w = (f(shape).split(SIZES)[rank] for f in (batch, weights))
        results.append(run(layer_for(SyncBatchNorm, shape[1]), x, w))
    torch.save(results, folder / f"{rank}.pt")
    dist.destroy_process_group()


def test_two_processes_are_one_with_the_joined_batch(tmp_path):
    started = [
        subprocess.Popen([sys.executable, __file__, str(rank), str(tmp_path)])
        for rank in (0, 1)
    ]
    assert [process.wait(120) for process in started] == [0, 0]
    both = [torch.load(tmp_path / f"{rank}.pt", weights_only=True) for rank in (0, 1)]
    for shape, first, second in zip(SHAPES, *both, strict=True):
        plain = nn.BatchNorm2d if len(shape) == 4 else nn.BatchNorm1d
        joined = run(layer_for(plain, shape[1]), batch(shape), weights(shape))
        for name in ("y", "x"):
            together = torch.cat([first[name], second[name]])
            torch.testing.assert_close(together, joined[name], rtol=1e-8, atol=1e-8)
        for name in ("weight", "bias"):
            torch.testing.assert_close(first[name] + second[name], joined[name])
        for name in ("mean", "var"):
            assert torch.equal(first[name], second[name])
            torch.testing.assert_close(first[name], joined[name])


@pytest.mark.parametrize("shape", [(6, 3, 4, 2), (6, 5)])
def test_one_process_is_batch_norm(shape):
    plain = nn.BatchNorm2d if len(shape) == 4 else nn.BatchNorm1d
    ours, theirs = (layer_for(b, shape[1]) for b in (SyncBatchNorm, plain))
    x, w = batch(shape), weights(shape)
    a, b = run(ours, x, w), run(theirs, x, w)
    assert all(torch.equal(a[name], b[name]) for name in a)
    assert torch.equal(ours.eval()(x), theirs.eval()(x))
    assert ours.state_dict().keys() == theirs.state_dict().keys()


def test_moments_written_out(monkeypatch):
    """One process that sums with itself: the mean of two copies is the mean of one."""
    monkeypatch.setattr(dist, "all_reduce", lambda tensor: tensor.mul_(2))
    x = batch((6, 3, 4, 2))
    mean, var, count = sync_moments(x)
    values = x.transpose(0, 1).flatten(1)
    torch.testing.assert_close(mean, values.mean(1))
    torch.testing.assert_close(var, values.var(1, correction=0))
    assert count == 2 * 6 * 8


if __name__ == "__main__":
    work(int(sys.argv[1]), Path(sys.argv[2]))
