"""Targets are an output, one per image, a function, or the largest."""

import pytest
import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.explain import saliency
from trainwell.explain._scores import chunks, fixed_target, input_gradient, scores

OUTPUTS = torch.tensor([[1.0, 5.0], [7.0, 2.0]])


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (None, [5, 7]),
        (1, [5, 2]),
        ([0, 1], [1, 2]),
        (torch.tensor([1, 0]), [5, 7]),
        (lambda y: y.sum(1), [6, 9]),
    ],
)
def test_scores(target, expected):
    assert scores(OUTPUTS, target).tolist() == expected


def test_the_target_is_fixed_before_images_change(make, images):
    network = make("conv").eval()
    found = fixed_target(network, images, None)
    assert torch.equal(found, network(images).argmax(1))
    assert fixed_target(network, images, 2) == 2


def test_parts_have_their_own_targets(images):
    parts = [(len(x), y.tolist()) for x, y in chunks(images, [0, 1, 2, 0, 1], 2)]
    assert parts == [(2, [0, 1]), (2, [2, 0]), (1, [1])]


def test_a_layer_in_place_does_not_change_the_images(make, images):
    before = images.clone()
    input_gradient(make("conv").eval(), images, 0)
    assert torch.equal(images, before)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"images": torch.zeros(3, 8, 8)}, "must be floating-point numbers of shape"),
        ({"images": torch.zeros(1, 3, 8, 8, dtype=torch.uint8)}, "got torch.uint8"),
        ({"images": torch.zeros(0, 3, 8, 8)}, "n > 0"),
        ({"target": 3}, "`target` must be from 0 to 2, got 3"),
        ({"target": -1}, "from 0 to 2"),
        ({"target": [0]}, "one whole number per image, 5 of them"),
        ({"target": [0.5] * 5}, "whole number"),
        ({"chunk": 0}, "`chunk` must be positive"),
    ],
)
def test_errors(make, images, change, message):
    given = {"images": images, "target": 0} | change
    with pytest.raises(ValueError, match=message):
        saliency(make("conv"), **given)


def test_a_network_without_gradients_is_named(images):
    class Counts(nn.Module):
        def forward(self, x):
            return (x > 0).float().flatten(1)[:, :3]

    with pytest.raises(ModelError, match="no gradient by its input; `occlusion`"):
        saliency(Counts(), images)
