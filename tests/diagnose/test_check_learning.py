"""Short trainings of a linear classifier on clusters that a line can part."""

import math

import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from trainwell.diagnose import Loop
from trainwell.diagnose._check_learning import _wrong_rate, check_learning


def loop(optimizer=torch.optim.SGD, rates=None, **options):
    """Return a loop of five batches; the rate of every step is put into `rates`."""
    generator = torch.Generator().manual_seed(0)
    torch.manual_seed(0)
    model, batches = nn.Linear(4, 3), []
    for _ in range(5):
        targets = torch.arange(30) % 3
        noise = 0.3 * torch.randn(30, 4, generator=generator)
        batches.append((torch.eye(4)[targets] + noise, targets))

    def step(model, optimizer, images, targets):
        if rates is not None:
            rates.append(optimizer.param_groups[0]["lr"])
        optimizer.zero_grad()
        cross_entropy(model(images), targets).backward()
        optimizer.step()

    options = {"lr": 0.5, **options}
    warm_up = options.pop("warm_up", 0)
    return Loop(
        model=model,
        optimizer=optimizer(model.parameters(), **options),
        loss_fn=cross_entropy,
        batches=batches,
        step=step,
        warm_up=warm_up,
    )


@pytest.mark.parametrize(
    ("options", "name", "level"),
    [
        ({"lr": 0.5}, "learning", "pass"),
        ({"lr": 1e6}, "learning rate too high", "fail"),
        ({"lr": 1e-5}, "learning rate too low", "fail"),
        ({"lr": 0.5, "weight_decay": 1.9}, "weight decay too strong", "fail"),
        ({"lr": 0.5, "weight_decay": 1e-4}, "learning", "pass"),
    ],
)
def test_what_is_said(options, name, level):
    found = check_learning(loop(**options))[0]
    assert (found.name, found.level) == (name, level)


@pytest.mark.parametrize(
    ("end", "level"), [(1.2, "warn"), (2.1, "fail"), (math.inf, "fail")]
)
def test_a_rate_at_which_much_is_learned_is_worth_a_warning(end, level):
    found = _wrong_rate(loop(), 2.5, end, {0.1: 0.5, 0.01: 0.7}, high=True)
    assert (found.name, found.level) == ("learning rate too high", level)
    assert found.try_next == "try a learning rate of 0.05"


@pytest.mark.parametrize(("warm_up", "ramp"), [(0, 1), (8, 8), (500, 20)])
def test_the_rate_rises_over_the_warm_up_or_half_of_the_steps(warm_up, ramp):
    rates = []
    check_learning(loop(rates=rates, warm_up=warm_up), steps=40)
    expected = [0.5 * min(1.0, (i + 1) / ramp) for i in range(40)]
    assert rates[:40] == pytest.approx(expected)
    assert rates[40:80] == pytest.approx([0.1 * rate for rate in expected])


@pytest.mark.parametrize(
    ("optimizer", "decay", "trainings"),
    [
        (torch.optim.SGD, 1e-4, 2),  # 40 x 0.5 x 1e-4: no weight shrinks by 5 %
        (torch.optim.SGD, 0.01, 3),
        (torch.optim.AdamW, 1e-4, 2),
        (torch.optim.Adam, 1e-4, 3),  # in Adam the size of a decay says nothing
    ],
)
def test_a_decay_that_cannot_matter_is_not_tried_without(optimizer, decay, trainings):
    rates = []
    check_learning(loop(optimizer, rates=rates, weight_decay=decay), steps=40)
    assert len(rates) == 40 * trainings
