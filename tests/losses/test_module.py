"""The Module form of a loss takes its arguments from the function's signature."""

import inspect

import torch

from trainwell.losses._module import LossModule


def scaled(outputs, targets, weight=None, *, factor=2.0, reduction="mean"):
    values = factor * (outputs - targets)
    return values.mean() if reduction == "mean" else values


class Scaled(LossModule):
    function = staticmethod(scaled)


def test_the_signature_is_the_functions_without_the_batch():
    assert list(inspect.signature(Scaled).parameters) == [
        "weight",
        "factor",
        "reduction",
    ]


def test_arguments_and_defaults():
    outputs, targets = torch.tensor([3.0, 4.0]), torch.tensor([1.0, 1.0])
    assert Scaled()(outputs, targets) == 5
    module = Scaled(torch.ones(2), factor=1.0, reduction="none")
    assert module(outputs, targets).tolist() == [2, 3]
    assert repr(module) == "Scaled(factor=1.0, reduction='none')"
    assert list(module.state_dict()) == ["weight"]
