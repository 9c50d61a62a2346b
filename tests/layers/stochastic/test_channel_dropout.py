"""Channel dropout: whole channels, kept mean, identity in evaluation."""

import math

import pytest
import torch

from trainwell.layers.stochastic._channel_dropout import (
    channel_dropout_layer as channel_dropout,
)


def test_channels_are_dropped_or_scaled_whole():
    torch.manual_seed(0)
    values = channel_dropout(p=0.25)(torch.ones(16, 8, 3, 2)).flatten(2)
    assert (values == values[:, :, :1]).all()
    torch.testing.assert_close(values.unique(), torch.tensor([0.0, 1 / 0.75]))


def test_images_are_drawn_apart_and_the_share_is_p():
    torch.manual_seed(0)
    n, p = 20_000, 0.2
    dropped = channel_dropout()(torch.ones(n, 4, 1, 1)).flatten(1) == 0
    sigma = math.sqrt(p * (1 - p) / n)
    assert (dropped.float().mean(0) - p).abs().max() < 4 * sigma


def test_limits_and_evaluation():
    x = torch.randn(2, 3, 4, 4)
    assert channel_dropout(p=0.5).eval()(x) is x
    assert channel_dropout(p=0.0)(x) is x
    assert not channel_dropout(p=1.0)(x).any()


def test_p_out_of_range():
    with pytest.raises(ValueError, match=r"`p` must be in \[0, 1\], got 2"):
        channel_dropout(p=2.0)
