"""SGD against three steps written out, and its messages."""

import pytest
import torch
from torch import nn

from trainwell.optim._sgd import sgd


def test_three_steps():
    parameter = nn.Parameter(torch.tensor([2.0, -1.0], dtype=torch.float64))
    expected = [2.0, -1.0]
    optimizer = sgd([{"params": [parameter], "weight_decay": 0.5}], lr=0.1)
    for gradients in [(1.0, 0.3), (-0.2, 4.0), (-3.0, 0.0)]:
        parameter.grad = torch.tensor(gradients, dtype=torch.float64)
        optimizer.step()
        pairs = zip(expected, gradients, strict=True)
        expected = [x - 0.1 * (g + 0.5 * x) for x, g in pairs]
    assert parameter.tolist() == pytest.approx(expected, abs=1e-12)


def test_no_decay_unless_a_group_asks():
    parameter = nn.Parameter(torch.ones(2))
    parameter.grad = torch.zeros(2)
    sgd([parameter], lr=0.1).step()
    assert parameter.tolist() == [1, 1]


def test_a_group_may_hold_an_iterator():
    model = nn.Linear(2, 1)
    optimizer = sgd([{"params": model.parameters()}], lr=0.1)
    assert len(optimizer.param_groups[0]["params"]) == 2


def test_no_parameters():
    with pytest.raises(ValueError, match="at least one parameter, got none"):
        sgd([], lr=0.1)


def test_negative_rate():
    with pytest.raises(ValueError, match="`lr` must be in"):
        sgd([nn.Parameter(torch.ones(1))], lr=-0.1)


def test_fused_for_contiguous_weights_only():
    weight = nn.Parameter(torch.randn(4, 3, 3, 3))
    assert sgd([weight], lr=0.1).param_groups[0]["fused"]
    strided = nn.Parameter(weight.detach().to(memory_format=torch.channels_last))
    optimizer = sgd([strided], lr=0.1)
    assert not optimizer.param_groups[0]["fused"]
    assert optimizer.param_groups[0]["foreach"]
    gradient = torch.randn(4, 3, 3, 3)
    expected = strided.detach() - 0.1 * gradient
    strided.grad = gradient
    optimizer.step()
    torch.testing.assert_close(strided.detach(), expected)
