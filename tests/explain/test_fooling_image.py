"""Ascent until the answer is another."""

import pytest
import torch
from numpy.testing import assert_allclose

from trainwell.explain import fooling_image


def test_of_a_linear_network_the_way_is_straight(make, images):
    network, x = make("linear").double(), images.double()
    found = fooling_image(network, x, 1, step=0.1, most=2000)
    weights = network[1].weight.detach()
    for image, moved, distance, steps in zip(
        x, found.images, found.distances, found.steps, strict=True
    ):
        direction = weights[1] / weights[1].norm()
        n = int(steps)
        assert_allclose(
            moved.flatten(), image.flatten() + 0.1 * n * direction, atol=1e-9
        )
        assert_allclose(distance, 0.1 * n, atol=1e-9)
        assert network(moved[None]).argmax() == 1
        before = image.flatten() + 0.1 * (n - 1) * direction
        assert n == 0 or network(before[None]).argmax() != 1  # not a step too far
    assert found.fooled.all()


@pytest.mark.parametrize("kind", ["conv", "attention"])
def test_every_network_is_fooled(make, images, kind):
    network = make(kind).eval()
    target = (network(images.clone()).argmax(1) + 1) % 3
    found = fooling_image(network, images, target, step=0.05, most=2000)
    assert found.fooled.all()
    assert torch.equal(network(found.images.clone()).argmax(1), target)
    moved = (found.images - images).flatten(1).norm(dim=1)
    assert_allclose(found.distances, moved)
    assert (found.distances <= 0.05 * found.steps + 1e-5).all()


def test_bounds_hold_and_a_limit_ends_it(make, images):
    low, high = torch.tensor(-0.01), torch.tensor(0.01)
    start = torch.zeros(1, 3, 8, 8)
    network = make("linear")
    target = (network(start).argmax(1) + 1) % 3
    found = fooling_image(network, start, target, bounds=(low, high), most=3, step=0.01)
    assert found.images.abs().max() <= 0.01
    assert found.steps.item() == 3
    assert not found.fooled.any()


def test_any_score_and_any_end(make, images):
    network = make("linear")
    found = fooling_image(
        network, images, lambda y: -y[:, 0], until=lambda y: y[:, 0] < -3, step=0.1
    )
    assert (network(found.images)[:, 0] < -3).all()


@pytest.mark.parametrize("target", [None, lambda y: y[:, 0]])
def test_a_goal_is_needed(make, images, target):
    with pytest.raises(ValueError, match="`target` must be an output to reach"):
        fooling_image(make("linear"), images, target)
