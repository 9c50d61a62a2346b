"""The state by hand: progress, and a round trip of every part."""

import json

import torch
from torch import nn

from trainwell.training import TrainState


def state():
    torch.manual_seed(0)
    model = nn.Linear(3, 2)
    optimizer = torch.optim.SGD(model.parameters(), 0.1, momentum=0.9)
    return TrainState(model=model, optimizer=optimizer, total_steps=8)


def stepped():
    made = state()
    made.model(torch.ones(1, 3)).sum().backward()
    made.optimizer.step()
    made.step, made.memory["best"], made.arrays["mask"] = 3, 0.5, torch.eye(2)
    return made


def test_progress_and_initial_rates():
    made = state()
    assert made.optimizer.param_groups[0]["initial_lr"] == 0.1
    made.step = 2
    assert made.progress == 0.25
    made.step = 9
    assert made.progress == 1.0


def test_every_part_comes_back():
    saved, fresh = stepped(), state()
    tensors = {name: value.clone() for name, value in saved.tensors().items()}
    expected = torch.rand(3)  # the next numbers after the checkpoint
    fresh.load(tensors, json.loads(json.dumps(saved.numbers())))
    assert (fresh.step, fresh.memory) == (3, {"best": 0.5})
    assert torch.equal(fresh.model.weight, saved.model.weight)
    assert torch.equal(fresh.arrays["mask"], torch.eye(2))
    slots = fresh.optimizer.state[fresh.model.weight]["momentum_buffer"]
    assert torch.equal(slots, torch.ones(2, 3))
    assert torch.equal(torch.rand(3), expected)


def test_the_optimizer_can_be_reset():
    made = stepped()
    assert made.optimizer.state[made.model.weight]
    made.forget_slots()
    assert not made.optimizer.state[made.model.weight]
