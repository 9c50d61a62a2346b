"""Fractional pooling: its regions, torch's with the same draws, both modes."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from trainwell.layers.stochastic._fractional_max_pool import (
    fractional_max_pool_layer as fractional_max_pool,
)
from trainwell.layers.stochastic._fractional_max_pool import region_starts
from trainwell.layers.stochastic.functional import fractional_max_pool2d

X = torch.randn(2, 3, 11, 14, generator=torch.Generator().manual_seed(0))


def test_regions_by_hand():
    # a = (9 - 2) / (5 - 1) = 1.75: 0, 1.75, 3.5, 5.25 and the border
    assert region_starts(9, 5, kernel=2, u=0.0) == [0, 1, 3, 5, 7]
    # u a = 0.875: 0.875, 2.625, 4.375, 6.125
    assert region_starts(9, 5, kernel=2, u=0.5) == [0, 2, 4, 6, 7]
    assert region_starts(9, 1, kernel=2, u=0.5) == [7]


@pytest.mark.parametrize("u", [0.0, 0.3, 0.77, 0.999])
@pytest.mark.parametrize(("size", "outputs"), [(32, 22), (11, 7), (14, 9)])
def test_regions_lie_inside_and_step_by_one_or_two(size, outputs, u):
    starts = region_starts(size, outputs, kernel=2, u=u)
    assert len(starts) == outputs
    assert starts[0] == 0
    assert starts[-1] == size - 2
    assert set(np.diff(starts[:-1])) <= {1, 2}


def test_maxima_written_out():
    rows, columns = [0, 3, 9], [1, 2, 12]
    y = fractional_max_pool2d(X, rows, columns)
    for i, r in enumerate(rows):
        for j, c in enumerate(columns):
            expected = X[:, :, r : r + 2, c : c + 2].amax((2, 3))
            assert torch.equal(y[:, :, i, j], expected)


@pytest.mark.parametrize("u", [0.1, 0.5, 0.9])
def test_agrees_with_torch_for_the_same_draws(u):
    draws = torch.full((2, 3, 2), u)
    expected = F.fractional_max_pool2d(X, 2, output_size=(7, 9), _random_samples=draws)
    rows = region_starts(11, 7, kernel=2, u=u)
    columns = region_starts(14, 9, kernel=2, u=u)
    assert torch.equal(fractional_max_pool2d(X, rows, columns), expected)


def test_the_size_shrinks_by_the_ratio():
    assert fractional_max_pool()(torch.ones(1, 1, 32, 32)).shape[2:] == (22, 22)
    assert fractional_max_pool(ratio=1.26)(X).shape[2:] == (8, 11)


def test_training_draws_and_evaluation_does_not():
    layer = fractional_max_pool()
    torch.manual_seed(0)
    assert not torch.equal(layer(X), layer(X))
    layer.eval()
    assert torch.equal(layer(X), layer(X))
    rows, columns = (region_starts(s, o, kernel=2, u=0.5) for s, o in [(11, 7), (14, 9)])  # fmt: skip
    assert torch.equal(layer(X), fractional_max_pool2d(X, rows, columns))


def test_evaluation_averages_its_draws():
    layer = fractional_max_pool(draws=2).eval()
    parts = [
        fractional_max_pool2d(
            X, *(region_starts(s, o, kernel=2, u=u) for s, o in [(11, 7), (14, 9)])
        )  # fmt: skip
        for u in (0.25, 0.75)
    ]
    torch.testing.assert_close(layer(X), (parts[0] + parts[1]) / 2)


def test_gradient():
    x = torch.randperm(2 * 49).double().view(1, 2, 7, 7).requires_grad_()
    assert torch.autograd.gradcheck(fractional_max_pool(draws=2).eval(), x)


def test_messages():
    with pytest.raises(ValueError, match=r"`ratio` must be in \(1, 2\), got 2"):
        fractional_max_pool(ratio=2.0)
    with pytest.raises(ValueError, match="1 x 1 are too small for fractional pooling"):
        fractional_max_pool()(torch.ones(1, 1, 1, 1))
