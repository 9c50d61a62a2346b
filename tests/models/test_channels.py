"""Adapted filters give the responses they promise; so do the statistics."""

import pytest
import torch
import torch.nn.functional as F

from trainwell.models._channels import adapt_filters, adapt_standardize
from trainwell.preprocess import Standardize


@pytest.fixture
def filters():
    return torch.randn(4, 3, 5, 5, generator=torch.Generator().manual_seed(0))


def test_grey_responds_as_its_replication_did(filters):
    grey = torch.randn(2, 1, 9, 9)
    expected = F.conv2d(grey.expand(-1, 3, -1, -1), filters)
    outputs = F.conv2d(grey, adapt_filters(filters, 1))
    torch.testing.assert_close(outputs, expected, rtol=1e-5, atol=1e-5)


def test_more_channels_cycle_and_keep_the_size(filters):
    adapted = adapt_filters(filters, 5)
    expected = filters[:, [0, 1, 2, 0, 1]] * 3 / 5
    torch.testing.assert_close(adapted, expected)
    torch.testing.assert_close(
        adapt_filters(filters, 6).sum(1), filters.sum(1), rtol=1e-5, atol=1e-5
    )


def test_the_same_channels_are_the_same_filters(filters):
    assert torch.equal(adapt_filters(filters, 3), filters)


def test_statistics():
    given = Standardize((0.1, 0.2, 0.6), (0.5, 0.25, 1.0))
    assert adapt_standardize(given, 3) == given
    assert adapt_standardize(given, 4).mean == (0.1, 0.2, 0.6, 0.1)
    assert adapt_standardize(given, 2).std == (0.5, 0.25)
    grey = adapt_standardize(given, 1)
    assert grey.mean == pytest.approx((0.3,))
    assert grey.std == pytest.approx((1.75 / 3,))
