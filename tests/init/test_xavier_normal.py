import math

import pytest
import torch
from torch import nn

from trainwell.init import xavier_normal_


@pytest.mark.parametrize(
    ("of", "variance"), [("in", 1 / 90), ("out", 1 / 360), ("average", 2 / 450)]
)
def test_variance_within_four_sigma(of, variance):
    weight = xavier_normal_(torch.empty(40, 10, 3, 3, dtype=torch.float64), of=of)
    n = weight.numel()
    assert abs(weight.var() / variance - 1) < 4 * (2 / n) ** 0.5


def test_draws_what_torch_draws():
    a, b = torch.empty(7, 5), torch.empty(7, 5)
    torch.manual_seed(0)
    xavier_normal_(a, gain=5 / 3)
    torch.manual_seed(0)
    nn.init.xavier_normal_(b, gain=5 / 3)
    torch.testing.assert_close(a, b, rtol=1e-6, atol=0)


def test_the_gain_multiplies():
    torch.manual_seed(0)
    one = xavier_normal_(torch.empty(3, 3))
    torch.manual_seed(0)
    torch.testing.assert_close(xavier_normal_(torch.empty(3, 3), gain=2.0), 2 * one)


def test_messages():
    with pytest.raises(ValueError, match="`gain` must be positive"):
        xavier_normal_(torch.empty(2, 2), gain=0)
    assert math.isfinite(float(xavier_normal_(torch.empty(2, 2)).sum()))
