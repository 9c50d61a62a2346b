"""The plain loop: steps by hand, the order of images, and losses that end."""

import pytest
import torch
from torch import nn

from trainwell.experiments import (
    Small,
    accuracy_of,
    fit_small,
    loss_of,
    outputs_of,
    small_set,
)


@pytest.fixture
def four():
    x = torch.arange(8.0).reshape(4, 2) / 8
    return Small(x, torch.tensor([0, 1, 0, 1]), x, torch.tensor([0, 1, 0, 1]))


def linear():
    torch.manual_seed(0)
    return nn.Linear(2, 2)


def test_full_batches_by_hand(four):
    model, other = linear(), linear()
    sgd = torch.optim.SGD(model.parameters(), lr=0.5)
    losses = fit_small(
        model, sgd, four, steps=2, batch_size=4, schedule=lambda t: 1 - t
    )
    for step, rate in enumerate((0.5, 0.25)):
        loss = nn.functional.cross_entropy(other(four.x), four.y)
        assert losses[step] == pytest.approx(loss.item(), rel=1e-6)
        gradients = torch.autograd.grad(loss, list(other.parameters()))
        with torch.no_grad():
            for p, g in zip(other.parameters(), gradients, strict=True):
                p -= rate * g
    torch.testing.assert_close(model.weight, other.weight)


def test_an_epoch_shows_every_image_once(four):
    shown = []

    def keep(x):
        shown.append(x[:, 0].tolist())
        return x

    model = linear()
    sgd = torch.optim.SGD(model.parameters(), lr=0.1)
    fit_small(model, sgd, four, steps=4, batch_size=2, transform=keep)
    for epoch in (shown[:2], shown[2:]):
        assert sorted(sum(epoch, [])) == four.x[:, 0].tolist()


def test_a_loss_that_is_not_finite_ends_it(four):
    model = linear()
    sgd = torch.optim.SGD(model.parameters(), lr=0.1)
    values = iter([1.0, 2.0, float("nan")])

    def loss_fn(outputs, targets):
        return outputs.sum() * 0 + next(values)

    losses = fit_small(model, sgd, four, steps=5, batch_size=4, loss_fn=loss_fn)
    assert losses == [1.0, 2.0, *[float("inf")] * 3]


def test_evaluation(four):
    model = nn.Sequential(nn.Dropout(0.5), linear())
    expected = nn.functional.cross_entropy(model[1](four.x), four.y).item()
    assert loss_of(model, four.x, four.y) == pytest.approx(expected, rel=1e-6)
    torch.testing.assert_close(outputs_of(model, four.x), model[1](four.x))
    right = (model[1](four.x).argmax(1) == four.y).float().mean().item()
    assert accuracy_of(model, four.x, four.y) == right
    assert model.training


def test_it_learns():
    digits = small_set("digits", 0, num_train=800, num_test=300).flat()
    torch.manual_seed(0)
    model = nn.Linear(64, 10)
    fit_small(model, torch.optim.SGD(model.parameters(), lr=0.1), digits, steps=200)
    assert accuracy_of(model, digits.x_test, digits.y_test) > 0.85
