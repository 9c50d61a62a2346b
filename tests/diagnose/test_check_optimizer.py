"""The parameters that an optimizer holds."""

import torch
from tests.diagnose.small_loop import loop, net

from trainwell.diagnose._check_optimizer import check_optimizer


def test_frozen_and_forgotten_are_told_apart():
    model = net()
    model[0].weight.requires_grad_(False)
    found = check_optimizer(loop(model, torch.optim.SGD(model[2:].parameters(), 0.1)))
    assert [f.name for f in found] == ["parameters forgotten", "parameters frozen"]
    assert found[0].numbers["forgotten"] == 1, "the bias of the first layer"
    assert "0.bias" in found[0].what
    assert [f.name for f in check_optimizer(loop(net()))] == ["optimizer"]


def test_parameters_of_another_model_are_foreign():
    other = torch.optim.SGD(net().parameters(), 0.1)
    (found,) = check_optimizer(loop(net(), other))
    assert (found.name, found.level) == ("foreign parameters", "fail")
    assert found.numbers["foreign"] == 4
