import pytest
import torch
from torch import nn

from trainwell.init import init_weights_, lecun_normal_


def test_variance_within_four_sigma():
    weight = lecun_normal_(torch.empty(40, 10, 3, 3, dtype=torch.float64))
    assert abs(weight.var() * 90 - 1) < 4 * (2 / weight.numel()) ** 0.5


def test_selu_keeps_its_fixed_point_over_thirty_layers(plain, digits):
    model = plain(width=512, act=nn.SELU)
    init_weights_(model, lecun_normal_)
    y = model[:-1](digits[0])
    assert abs(y.mean()) < 0.1
    assert 0.7 < y.std() < 1.3


def test_messages():
    with pytest.raises(ValueError, match="at least two axes"):
        lecun_normal_(torch.empty(3))
