"""A second look: turns are exact, and answers come back to the image."""

import math

import pytest
import torch

from trainwell.core.errors import ModelError
from trainwell.models import (
    Modification,
    SecondLook,
    create,
    placed,
    read_all_depths,
    similarity,
    turned,
)
from trainwell.models._second_look import returned

SHAPE = torch.tensor(
    [[2.0, 3.0], [12.0, 2.0], [7.0, 11.0], [5.0, 8.0]], dtype=torch.double
)


def moved(angle, scale, shift):
    c, s = math.cos(angle), math.sin(angle)
    turn = torch.tensor([[c, -s], [s, c]], dtype=torch.double)
    return scale * SHAPE @ turn.T + torch.tensor(shift, dtype=torch.double)


def test_a_similarity_is_found_exactly_and_undone():
    points = torch.stack([moved(0.4, 2.0, (3, -7)), moved(-2.0, 0.3, (50, 1))])
    turn = similarity(points, SHAPE)
    torch.testing.assert_close(placed(points, turn), SHAPE.expand(2, -1, -1))
    torch.testing.assert_close(returned(placed(points, turn), turn), points)


def test_it_is_the_least_squares_fit():
    torch.manual_seed(0)
    points, target = torch.randn(1, 9, 2).double(), torch.randn(9, 2).double()
    by, before, after = similarity(points, target)
    best = (placed(points, (by, before, after)) - target).square().sum()
    for _ in range(50):
        other = by + 0.05 * torch.randn_like(by), before, after + 0.05 * torch.randn(2)
        assert (placed(points, other) - target).square().sum() >= best


def test_images_are_turned_with_their_points():
    x = torch.zeros(1, 1, 32, 40)
    x[0, 0, 10, 25] = 1.0  # the pixel whose centre is (25.5, 10.5)
    points = torch.tensor([[[25.5, 10.5], [20.0, 20.0], [8.0, 14.0]]])
    target = torch.tensor([[12.5, 20.5], [20.0, 12.0], [28.0, 24.0]])
    turn = similarity(points, target)
    image = turned(x, turn)[0, 0]
    place = placed(points, turn)[0, 0]
    total = image.sum()
    across = (image.sum(0) * (torch.arange(40) + 0.5)).sum() / total
    down = (image.sum(1) * (torch.arange(32) + 0.5)).sum() / total
    torch.testing.assert_close(torch.stack([across, down]), place, atol=0.6, rtol=0)


@pytest.fixture
def looks():
    """A network of three points whose second head answers the canonical shape."""
    torch.manual_seed(0)
    network = create("resnet18", num_classes=6, image_size=32).model.eval()
    read_all_depths(network, torch.rand(2, 3, 32, 32), blocks=["layer2", "layer3"])
    made = SecondLook(network).eval()
    made.set_shape(torch.tensor([0.2, 0.3, 0.8, 0.3, 0.5, 0.9]), 0.1)
    torch.nn.init.zeros_(made.linear.weight)
    torch.nn.init.zeros_(made.linear.bias)
    return made


def test_an_answer_of_the_canonical_shape_is_the_first_one_made_similar(looks):
    x = torch.rand(3, 3, 32, 32)
    with torch.no_grad():
        first = (looks.network(x) * looks.scale + looks.mean).reshape(3, -1, 2)
        found = (looks(x) * looks.scale + looks.mean).reshape(3, -1, 2)
    shape = looks.canonical.reshape(-1, 2)
    turn = similarity(first, shape)
    torch.testing.assert_close(found, returned(shape.expand(3, -1, -1), turn))


def test_the_canonical_shape_is_in_the_middle_and_as_wide_as_said(looks):
    shape = looks.canonical.reshape(-1, 2)
    low, high = shape.amin(0), shape.amax(0)
    torch.testing.assert_close((low + high) / 2, torch.full((2,), 0.5))
    assert float((high - low).max()) == pytest.approx(0.75)


def test_numbers_are_read_without_leaving_a_trace(looks):
    x = torch.rand(2, 3, 32, 32)
    before = looks.network(x)
    assert looks.read(x).shape == (2, len(looks.standardized.mean))
    torch.testing.assert_close(looks.network(x), before)


def test_it_learns(looks):
    torch.nn.init.normal_(looks.linear.weight, std=0.01)
    looks(torch.rand(2, 3, 32, 32)).square().sum().backward()
    assert looks.linear.weight.grad.abs().sum() > 0
    assert looks.network.conv1.weight.grad.isfinite().all()


def test_it_is_built_from_names():
    edits = [
        Modification("head", "all_depths", {"blocks": ["layer2"], "cells": True}),
        Modification("looks", "aligned"),
    ]
    made = create("resnet18", num_classes=4, image_size=32, edits=edits)
    assert isinstance(made.model, SecondLook)
    assert made.model(torch.rand(2, 3, 32, 32)).shape == (2, 4)


def test_other_heads_are_refused():
    with pytest.raises(ModelError, match="needs a head on all depths"):
        SecondLook(create("resnet18", num_classes=4, image_size=32).model)
