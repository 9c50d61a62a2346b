"""Statistics that fit, and that do not."""

import math

import pytest
import torch
from torch import nn

from trainwell.diagnose._norm_gap import NormGap, norm_gaps


def test_by_hand():
    """Inputs 1 and 5: mean 3, variance 4; running mean 1, variance 1."""
    norm = nn.BatchNorm1d(1, eps=0)
    norm.running_mean.fill_(1.0)
    row = norm_gaps(norm, torch.tensor([[1.0], [5.0]]))[0]
    assert row.shift == pytest.approx(2.0)
    assert row.factor == pytest.approx(4.0)


def test_channels_are_put_together():
    """Shifts 3 and 0: root mean square; factors 4 and 1/4: exp of mean |log|."""
    norm = nn.BatchNorm1d(2, eps=0)
    x = torch.tensor([[1.0, -0.5], [5.0, 0.5]])
    row = norm_gaps(norm, x)[0]
    assert row.shift == pytest.approx(3 / math.sqrt(2))
    assert row.factor == pytest.approx(4.0)


@pytest.mark.parametrize("format_", [torch.contiguous_format, torch.channels_last])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_maps_against_the_definition_in_float64(format_, dtype):
    x = 5 + 2 * torch.randn(8, 3, 7, 7, generator=torch.Generator().manual_seed(0))
    x = x.to(dtype, memory_format=format_)
    norm = nn.BatchNorm2d(3).to(dtype)
    row = norm_gaps(norm, x)[0]
    v, m = torch.var_mean(x.double(), dim=(0, 2, 3), correction=0)
    assert row.shift == pytest.approx(
        (m.square().mean() / (1 + norm.eps)).sqrt().item()
    )
    wanted = ((v + norm.eps) / (1 + norm.eps)).log().abs().mean().exp().item()
    assert row.factor == pytest.approx(wanted, rel=1e-5)


def test_one_value_per_channel_has_no_variance():
    norm = nn.BatchNorm1d(2)
    row = norm_gaps(norm, torch.tensor([[3.0, -3.0]]))[0]
    assert row.shift == pytest.approx(3.0, rel=1e-4)
    assert row.factor == pytest.approx(1 / norm.eps, rel=1e-4)


@pytest.mark.parametrize(
    ("shift", "factor", "wide"),
    [(1.0, 4.0, False), (1.01, 1, True), (0, 4.01, True), (math.nan, 1, True)],
)
def test_wide(shift, factor, wide):
    assert NormGap("n", shift, factor).wide is wide


def test_nothing_changes():
    model = nn.Sequential(nn.Conv2d(1, 2, 1), nn.BatchNorm2d(2), nn.Dropout(0.5))
    before = {k: v.clone() for k, v in model.state_dict().items()}
    rows = norm_gaps(model, torch.randn(4, 1, 3, 3))
    assert [row.name for row in rows] == ["1"]
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())
    assert model.training
    assert model[1].training
    assert not model[1]._forward_pre_hooks


def test_layers_without_statistics_are_left_out():
    assert (
        norm_gaps(nn.BatchNorm1d(2, track_running_stats=False), torch.randn(3, 2)) == ()
    )
    assert norm_gaps(nn.Linear(2, 2), torch.randn(3, 2)) == ()
