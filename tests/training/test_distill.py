"""Distillation in the loop: which images the teacher sees, and what is minimised."""

import pytest
import torch
from torch import nn

from trainwell.losses import distillation_loss
from trainwell.schedules import constant
from trainwell.training import Batch, Distill, TrainState, fit


class Two:
    """The same two batches again and again."""

    per_epoch = 2

    def __init__(self):
        g = torch.Generator().manual_seed(0)
        self.images = torch.randn(2, 6, 4, generator=g)

    def stream(self, first, last):
        for step in range(first, last):
            yield Batch(self.images[step % 2], torch.arange(6) % 3, torch.arange(6))


def trained(distill, steps=7, parts=1):
    torch.manual_seed(0)
    model = nn.Linear(4, 3)
    state = TrainState(
        model=model,
        optimizer=torch.optim.SGD(model.parameters(), lr=0.3),
        total_steps=steps,
        parts=parts,
    )
    loss = nn.CrossEntropyLoss(reduction="none")
    return fit(state, Two(), loss, schedule=constant(), distill=distill).model


@pytest.mark.parametrize("parts", [1, 3])
def test_a_step_follows_the_loss_of_both(parts):
    torch.manual_seed(1)
    teacher, seen = nn.Linear(4, 3), []

    def answers(images):
        seen.append(images)
        return teacher(images)

    found = trained(Distill(answers, temperature=2.0, weight=0.6), parts=parts)
    assert torch.equal(torch.cat(seen[:parts]), Two().images[0])
    torch.manual_seed(0)
    model = nn.Linear(4, 3)
    for step in range(7):
        images = Two().images[step % 2]
        loss = distillation_loss(
            model(images),
            teacher(images),
            torch.arange(6) % 3,
            temperature=2.0,
            weight=0.6,
        )
        gradients = torch.autograd.grad(loss, [model.weight, model.bias])
        with torch.no_grad():
            model.weight -= 0.3 * gradients[0]
            model.bias -= 0.3 * gradients[1]
    torch.testing.assert_close(found.weight, model.weight)
    assert teacher.weight.grad is None


def test_without_weight_nothing_is_learned_from_the_teacher():
    plain = trained(None)
    same = trained(Distill(lambda images: torch.randn(len(images), 3), weight=0.0))
    torch.testing.assert_close(plain.weight, same.weight)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"temperature": -1.0}, "`temperature` must be"),
        ({"weight": -0.1}, "`weight` must be in"),
    ],
)
def test_errors(options, message):
    with pytest.raises(ValueError, match=message):
        Distill(lambda images: images, **options)
