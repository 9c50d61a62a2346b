"""Steps and evaluations: what is in order must pass, beside the planted faults."""

import torch
import torch.nn.functional as F
from torch import nn

from trainwell.diagnose import (
    Loop,
    check_accumulation,
    check_direction,
    check_evaluation,
    check_movement,
    check_norms,
    check_optimizer,
)


def loop(model, optimizer=None, **more):
    generator = torch.Generator().manual_seed(0)
    images = torch.randn(96, 6, generator=generator)
    targets = (images[:, 0] > 0).long()
    return Loop(
        model=model,
        optimizer=optimizer or torch.optim.SGD(model.parameters(), 0.1),
        loss_fn=F.cross_entropy,
        batches=list(zip(images.split(16), targets.split(16), strict=True)),
        **more,
    )


def net(*middle):
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(6, 8), *middle, nn.ReLU(), nn.Linear(8, 2))


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


def test_frozen_and_forgotten_are_told_apart():
    model = net()
    model[0].weight.requires_grad_(False)
    found = check_optimizer(loop(model, torch.optim.SGD(model[2:].parameters(), 0.1)))
    assert [f.name for f in found] == ["parameters forgotten", "parameters frozen"]
    assert found[0].numbers["forgotten"] == 1, "the bias of the first layer"
    assert "0.bias" in found[0].what
    assert [f.name for f in check_optimizer(loop(net()))] == ["optimizer"]


def test_a_head_of_zeros_is_reached():
    model = net()
    nn.init.zeros_(model[-1].weight)
    assert [f.name for f in check_movement(loop(model))] == ["movement"]


def test_weights_without_end_are_left_to_the_rates():
    model = net()
    fast = torch.optim.SGD(model.parameters(), 1e38)
    assert check_movement(loop(model, fast)) == []
    assert check_evaluation(loop(model, fast)) == []


def test_frozen_statistics_that_fit_are_no_fault():
    def step(model, optimizer, images, targets):
        model.eval()
        optimizer.zero_grad()
        F.cross_entropy(model(images), targets).backward()
        optimizer.step()

    model = net(nn.BatchNorm1d(8))
    assert check_norms(loop(model)).level == "pass", "they move"
    model[1].running_mean.fill_(4.0)
    assert check_norms(loop(model, step=step)).name == "norm statistics frozen"
    for _ in range(100):
        model(loop(model).batches[0][0])
    assert check_norms(loop(model, step=step)).level == "pass"


def test_evaluation_in_order():
    found = check_evaluation(loop(net(nn.BatchNorm1d(8), nn.Dropout(0.5))))
    assert [f.level for f in found] == ["pass"]


def test_evaluation_that_moves_statistics():
    """Answers by running statistics, after a pass in training mode."""

    def evaluate(model, images):
        model.train()
        with torch.no_grad():
            model(images)
            model.eval()
            return model(images)

    slow = net(nn.BatchNorm1d(8, momentum=1e-5))  # hardly depends on the batch
    found = check_evaluation(loop(slow, evaluate=evaluate))
    assert found[0].name == "evaluation uses batch statistics"
    assert found[0].numbers["moved"] > 0
    assert found[0].numbers["batch"] < 1e-2
