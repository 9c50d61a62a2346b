"""Gaussian targets by hand, written out, and at their limits."""

import math

import pytest
import torch

from trainwell.losses import gaussian_targets


def test_by_hand():
    # around 1 of 3 bins with sigma 1: weights e^-1/2, 1, e^-1/2
    side = math.exp(-0.5)
    expected = torch.tensor([[side, 1, side]]) / (1 + 2 * side)
    torch.testing.assert_close(gaussian_targets(torch.tensor([1.0]), 3), expected)


def test_written_out_definition():
    values = [0.0, 2.3, 6.0]
    targets = gaussian_targets(torch.tensor(values).double(), 7, sigma=1.7)
    for v, row in zip(values, targets.tolist(), strict=True):
        weights = [math.exp(-((k - v) ** 2) / (2 * 1.7**2)) for k in range(7)]
        assert row == pytest.approx([w / sum(weights) for w in weights], rel=1e-6)


def test_a_narrow_one_is_one_hot_and_a_wide_one_is_even():
    values = torch.tensor([2.0])
    narrow = gaussian_targets(values, 5, sigma=0.01)
    assert narrow.tolist() == [[0, 0, 1, 0, 0]]
    torch.testing.assert_close(
        gaussian_targets(values, 5, sigma=1e4), torch.full((1, 5), 0.2)
    )


def test_far_from_the_ends_the_mean_is_the_value():
    targets = gaussian_targets(torch.tensor([10.25]).double(), 21, sigma=1.5)
    mean = (targets * torch.arange(21)).sum()
    assert mean.item() == pytest.approx(10.25, abs=1e-6)


@pytest.mark.parametrize(("bins", "sigma"), [(3, 0.0), (0, 1.0)])
def test_errors(bins, sigma):
    with pytest.raises(ValueError, match="must be positive, got 0"):
        gaussian_targets(torch.zeros(1), bins, sigma=sigma)


def test_bins_have_the_values_of_their_classes():
    """Ages that lie unequally far apart: the formula, written out."""
    ages = torch.tensor([20.0, 25.0, 60.0])
    found = gaussian_targets(ages, ages, sigma=5.0).tolist()
    for v, row in zip(ages.tolist(), found, strict=True):
        weights = [math.exp(-((b - v) ** 2) / 50) for b in ages.tolist()]
        assert row == pytest.approx([w / sum(weights) for w in weights], rel=1e-5)
    assert [round(q, 3) for q in found[1]] == [0.378, 0.622, 0.0]
    assert [round(q, 3) for q in found[2]] == [0.0, 0.0, 1.0]
