import math

import pytest
import torch
from torch import nn

from trainwell.init import init_weights_, kaiming_normal_


@pytest.mark.parametrize(("of", "variance"), [("in", 2 / 90), ("out", 2 / 360)])
def test_variance_within_four_sigma(of, variance):
    weight = kaiming_normal_(torch.empty(40, 10, 3, 3, dtype=torch.float64), of=of)
    assert abs(weight.var() / variance - 1) < 4 * (2 / weight.numel()) ** 0.5


def test_draws_what_torch_draws():
    a, b = torch.empty(7, 5, 3, 3), torch.empty(7, 5, 3, 3)
    torch.manual_seed(0)
    kaiming_normal_(a, of="out")
    torch.manual_seed(0)
    nn.init.kaiming_normal_(b, mode="fan_out", nonlinearity="relu")
    torch.testing.assert_close(a, b, rtol=1e-6, atol=0)


def test_the_second_moment_survives_thirty_rectified_layers(plain, digits):
    model = plain(width=512)
    init_weights_(model, kaiming_normal_)
    x = digits[0]
    before = x.square().mean()
    after = model[:-1](x).square().mean() * 2  # a rectifier drops half
    assert 0.3 < after / before / 2 < 3
    init_weights_(model, lambda w: kaiming_normal_(w, gain=1.0))
    assert model[:-1](x).square().mean() < 1e-7  # Xavier's gain: half lost per layer


def test_messages():
    with pytest.raises(ValueError, match="`gain` must be positive"):
        kaiming_normal_(torch.empty(2, 2), gain=0)
    assert math.isclose(kaiming_normal_(torch.ones(1, 1)).numel(), 1)
