import math

import pytest
import torch
from torch import nn

from trainwell.init import kaiming_uniform_


@pytest.mark.parametrize(("of", "variance"), [("in", 2 / 90), ("out", 2 / 360)])
def test_bounds_and_variance(of, variance):
    weight = kaiming_uniform_(torch.empty(40, 10, 3, 3, dtype=torch.float64), of=of)
    bound = math.sqrt(3 * variance)
    assert 0.999 * bound < weight.abs().max() <= bound
    assert abs(weight.var() / variance - 1) < 4 * (0.8 / weight.numel()) ** 0.5


def test_draws_what_torch_draws():
    a, b = torch.empty(7, 5), torch.empty(7, 5)
    torch.manual_seed(0)
    kaiming_uniform_(a)
    torch.manual_seed(0)
    nn.init.kaiming_uniform_(b, nonlinearity="relu")
    torch.testing.assert_close(a, b, rtol=1e-6, atol=0)


def test_messages():
    with pytest.raises(ValueError, match="`gain` must be positive"):
        kaiming_uniform_(torch.empty(2, 2), gain=0)
