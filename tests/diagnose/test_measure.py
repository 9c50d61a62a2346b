"""Shares and histograms of outputs whose numbers are known."""

import pytest
import torch

from trainwell.diagnose._measure import (
    NUM_BINS,
    dead_fraction,
    histogram,
    saturated_fraction,
)


def test_a_sigmoid_is_saturated_beyond_a_hundredth_from_its_ends():
    y = torch.tensor([0.0, 0.009, 0.011, 0.5, 0.989, 0.991, 1.0, 0.3])
    assert saturated_fraction(y, "Sigmoid") == 4 / 8


def test_a_tanh_is_saturated_beyond_a_hundredth_of_its_range_from_its_ends():
    y = torch.tensor([-1.0, -0.981, -0.979, 0.0, 0.979, 0.981, 0.97, 1.0])
    assert saturated_fraction(y, "Tanh") == 4 / 8


def test_both_limits_are_at_the_same_place_of_the_same_curve():
    """tanh(z) = 2 sigmoid(2 z) - 1."""
    z = torch.linspace(-8, 8, 10_001, dtype=torch.float64)
    of_tanh = saturated_fraction(torch.tanh(z), "Tanh")
    assert of_tanh == saturated_fraction(torch.sigmoid(2 * z), "Sigmoid")
    assert 0.6 < of_tanh < 0.8


@pytest.mark.parametrize("kind", ["ReLU", "Linear", "Conv2d", "SiLU"])
def test_others_have_no_ends(kind):
    assert saturated_fraction(torch.ones(3), kind) is None


def test_dead_is_zero_for_every_image_at_every_position():
    y = torch.zeros(3, 4, 2, 2)
    y[2, 1, 0, 1] = 1e-30  # one value in one image is enough to be alive
    y[:, 3] = 1.0
    assert dead_fraction(y, "ReLU", axis=1) == 2 / 4


def test_channels_may_be_the_last_axis():
    y = torch.zeros(3, 2, 5)
    y[0, 0, 4] = 1.0
    assert dead_fraction(y, "ReLU", axis=-1) == pytest.approx(4 / 5)


@pytest.mark.parametrize("kind", ["LeakyReLU", "Tanh", "PReLU", "Linear", "GELU"])
def test_others_cannot_die(kind):
    assert dead_fraction(torch.zeros(3, 4), kind, axis=1) is None


def test_the_histogram_counts_everything_once():
    y = torch.cat([torch.full((7,), -1.0), torch.zeros(5), torch.full((2,), 2.0)])
    counts, edges = histogram(y)
    assert (len(counts), len(edges)) == (NUM_BINS, NUM_BINS + 1)
    assert (edges[0], edges[-1]) == (-1.0, 2.0)
    assert (counts[0], counts[NUM_BINS // 3], counts[-1]) == (7, 5, 2)
    assert sum(counts) == 14


def test_the_histogram_of_a_constant():
    counts, edges = histogram(torch.full((4, 5), 3.0))
    assert sum(counts) == 20
    assert (edges[0], edges[-1]) == (2.5, 3.5)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_not_finite_has_no_histogram(value):
    counts, _ = histogram(torch.tensor([0.0, value]))
    assert not any(counts)
