"""The parts of a loop: default steps, evaluation, copies and random numbers."""

from dataclasses import replace

import pytest
import torch
import torch.nn.functional as F
from tests.diagnose.small_loop import loop, net
from torch import nn

from trainwell.diagnose._loop import classes_of, joined, seeded

CPU = torch.device("cpu")


def test_the_default_step_is_one_of_gradient_descent():
    made = loop(net())
    images, targets = made.batches[0]
    model, optimizer = made.copied()
    gradient = torch.autograd.grad(
        F.cross_entropy(made.model(images), targets), made.model[0].weight
    )[0]
    made.run(model, optimizer, made.batches[0])
    expected = made.model[0].weight - 0.1 * gradient
    assert torch.allclose(model[0].weight, expected, atol=1e-6)


def test_a_step_and_an_evaluation_of_ones_own_are_called():
    calls = []
    made = loop(
        net(),
        step=lambda *given: calls.append(given),
        evaluate=lambda model, images: images[:, :2] + 1,
    )
    made.run(made.model, made.optimizer, made.batches[0])
    assert calls == [(made.model, made.optimizer, *made.batches[0])]
    images = made.batches[0][0]
    assert torch.equal(made.predict(made.model, images), images[:, :2] + 1)


def test_prediction_evaluates_and_restores_the_mode():
    made = loop(net(nn.Dropout(0.9)))
    images = made.batches[0][0]
    first, second = (made.predict(made.model, images) for _ in range(2))
    assert torch.equal(first, second)
    assert not first.requires_grad
    assert made.model.training


def test_seeded_blocks_use_the_same_numbers_and_restore_the_generator():
    before = torch.get_rng_state()
    with seeded(CPU):
        first = torch.rand(3)
    with seeded(CPU):
        second = torch.rand(3)
    assert torch.equal(first, second)
    assert torch.equal(torch.get_rng_state(), before)


def test_classes_of_indices_and_distributions():
    indices = torch.tensor([1, 0])
    assert torch.equal(classes_of(indices), indices)
    assert classes_of(torch.tensor([[0.2, 0.8], [0.9, 0.1]])).tolist() == [1, 0]
    images, targets = joined(loop(net()).batches)
    assert images.shape == (96, 6)
    assert targets.shape == (96,)


def test_one_batch_is_too_few():
    made = loop(net())
    with pytest.raises(ValueError, match="`batches` must hold two or more, got 1"):
        replace(made, batches=made.batches[:1])
