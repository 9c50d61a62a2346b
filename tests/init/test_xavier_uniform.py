import math

import pytest
import torch
from torch import nn

from trainwell.init import xavier_uniform_


@pytest.mark.parametrize(
    ("of", "variance"), [("in", 1 / 90), ("out", 1 / 360), ("average", 2 / 450)]
)
def test_bounds_and_variance(of, variance):
    weight = xavier_uniform_(torch.empty(40, 10, 3, 3, dtype=torch.float64), of=of)
    bound = math.sqrt(3 * variance)
    assert 0.999 * bound < weight.abs().max() <= bound
    # the variance of a uniform variable's square is 4/5 of its mean squared
    assert abs(weight.var() / variance - 1) < 4 * (0.8 / weight.numel()) ** 0.5


def test_draws_what_torch_draws():
    a, b = torch.empty(7, 5), torch.empty(7, 5)
    torch.manual_seed(0)
    xavier_uniform_(a, gain=5 / 3)
    torch.manual_seed(0)
    nn.init.xavier_uniform_(b, gain=5 / 3)
    torch.testing.assert_close(a, b, rtol=1e-6, atol=0)


def test_messages():
    with pytest.raises(ValueError, match="`gain` must be positive"):
        xavier_uniform_(torch.empty(2, 2), gain=-1)
