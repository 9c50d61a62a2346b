"""Ascent on a score."""

import pytest
import torch
import torch.nn.functional as F

from trainwell.explain import class_visualization

SHAPE = (3, 8, 8)


def test_of_a_linear_network_it_is_the_template(make):
    network = make("linear")
    images = class_visualization(
        network,
        [0, 2],
        SHAPE,
        steps=400,
        rate=0.02,
        penalty=0.05,
        jitter=0,
        blur_every=0,
    )
    for image, k in zip(images, (0, 2), strict=True):
        weights = network[1].weight.detach()[k]
        # the maximum of w x - 0.05 |x|^2 is w / 0.1; steps of fixed length circle it
        assert F.cosine_similarity(image.flatten(), weights, dim=0) > 0.99
        assert abs(image.norm() / (weights / 0.1).norm() - 1) < 0.1


@pytest.mark.parametrize("kind", ["conv", "attention"])
def test_each_image_raises_its_own_score_most(make, kind):
    network = make(kind).eval()
    images = class_visualization(network, [0, 1, 2], SHAPE, jitter=1)
    scores = network(torch.cat([images, torch.zeros(1, *SHAPE)]))
    for k in range(3):  # no other image raises the score as far
        assert scores[:, k].argmax() == k


def test_blur_makes_it_smooth(make):
    rough, smooth = (
        class_visualization(make("conv"), [0], SHAPE, jitter=0, blur_every=every)
        for every in (0, 1)
    )

    def jumps(x):
        return (x.diff(dim=3).square().mean() / x.var()).item()

    assert jumps(smooth) < 0.5 * jumps(rough)


def test_the_seed_decides(make):
    network = make("conv")
    a, b, c = (
        class_visualization(network, [1], SHAPE, steps=5, seed=s) for s in (1, 1, 2)
    )
    assert torch.equal(a, b)
    assert not torch.equal(a, c)


@pytest.mark.parametrize(
    "wrong", [{"steps": 0}, {"rate": 0}, {"penalty": -1}, {"jitter": -1}]
)
def test_errors(make, wrong):
    with pytest.raises(ValueError, match=f"`{next(iter(wrong))}` must be"):
        class_visualization(make("conv"), [0], SHAPE, **wrong)
