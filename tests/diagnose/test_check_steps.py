"""Steps that are in order pass, beside the planted faults."""

import torch
import torch.nn.functional as F
from tests.diagnose.small_loop import loop, net
from torch import nn

from trainwell.diagnose._check_steps import (
    check_accumulation,
    check_direction,
    check_movement,
)


def test_accumulating_on_purpose_is_no_fault():
    """An update every second call: the first call moves nothing."""
    calls = []

    def step(model, optimizer, images, targets):
        F.cross_entropy(model(images), targets).backward()
        calls.append(1)
        if len(calls) % 2 == 0:
            optimizer.step()
            optimizer.zero_grad()

    assert check_accumulation(loop(net(), step=step)).level == "pass"


def test_cosines():
    assert check_direction(loop(net())).numbers["cosine"] > 0.999
    up = net()
    raised = torch.optim.SGD(up.parameters(), 0.1, maximize=True)
    assert check_direction(loop(up, raised)).numbers["cosine"] < -0.999


def test_a_head_of_zeros_is_reached():
    model = net()
    nn.init.zeros_(model[-1].weight)
    assert [f.name for f in check_movement(loop(model))] == ["movement"]


def test_diverging_weights_are_left_to_the_check_of_the_learning_rate():
    model = net()
    fast = torch.optim.SGD(model.parameters(), 1e38)
    assert check_movement(loop(model, fast)) == []
