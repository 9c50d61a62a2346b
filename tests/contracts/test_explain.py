"""Every function that reads a network leaves it, and the random state, as they were."""

import copy
import inspect

import pytest
import torch
from torch import nn

from trainwell import explain

IMAGES = torch.randn(3, 3, 8, 8, generator=torch.Generator().manual_seed(1))
OF_FEATURES = {"feature_map", "nearest_neighbors"}
FUNCTIONS = {
    name: value for name, value in vars(explain).items() if inspect.isfunction(value)
}
MAPS = (
    "grad_cam",
    "hires_cam",
    "integrated_gradients",
    "occlusion",
    "saliency",
    "smooth_grad",
)


def network():
    torch.manual_seed(0)
    made = nn.Sequential(
        nn.Conv2d(3, 4, 3, padding=1),
        nn.BatchNorm2d(4),
        nn.ReLU(inplace=True),
        nn.Dropout(0.5),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Linear(64, 3),
    )
    made[0].weight.requires_grad_(False)
    made[0].bias.grad = torch.ones(4)
    made[1].eval()
    return made


def call(name, model):
    function = FUNCTIONS[name]
    if name in OF_FEATURES:
        rows = torch.randn(6, 4, generator=torch.Generator().manual_seed(2))
        return function(rows) if name == "feature_map" else function(rows, rows)
    if name == "class_visualization":
        return function(model, [0, 1], (3, 8, 8), steps=3)
    if name == "linear_templates":
        return function(model, (1, 8, 8))
    if name == "first_layer_filters":
        return function(model)
    if name == "exciting_patches":
        return function(model, IMAGES, "0", 1)
    if name == "fooling_image":
        return function(model, IMAGES, 1)
    return function(model, IMAGES)


def state(model):
    return {
        "weights": {k: v.clone() for k, v in model.state_dict().items()},
        "gradients": {
            k: None if p.grad is None else p.grad.clone()
            for k, p in model.named_parameters()
        },
        "requires": {k: p.requires_grad for k, p in model.named_parameters()},
        "modes": {k: m.training for k, m in model.named_modules()},
        "hooks": {
            k: (
                len(m._forward_hooks),
                len(m._forward_pre_hooks),
                len(m._backward_hooks),
            )
            for k, m in model.named_modules()
        },
        "random": torch.random.get_rng_state(),
        "images": IMAGES.clone(),
        "enabled": torch.is_grad_enabled(),
    }


def same(a, b):
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    return torch.equal(a, b) if isinstance(a, torch.Tensor) else a == b


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("enabled", [True, False])
def test_nothing_is_left_behind(name, enabled):
    model = network()
    before = state(model)
    with torch.set_grad_enabled(enabled):
        found = call(name, model)
    after = state(model)
    for key in before:
        assert same(before[key], after[key]), key
    for value in found if isinstance(found, tuple) else (found,):
        assert not value.requires_grad


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_same_call_gives_the_same_numbers(name):
    first, again = (call(name, copy.deepcopy(network())) for _ in range(2))
    pairs = (
        zip(first, again, strict=True) if isinstance(first, tuple) else [(first, again)]
    )
    for a, b in pairs:
        assert torch.equal(a, b)


@pytest.mark.parametrize("name", MAPS)
@pytest.mark.parametrize("target", [None, 1, [0, 1, 2], lambda y: y[:, 0] - y[:, 1]])
def test_maps_have_one_value_per_pixel_for_every_kind_of_target(name, target):
    maps = FUNCTIONS[name](network(), IMAGES, target, chunk=2)
    assert maps.shape == (3, 8, 8)
    assert maps.dtype == torch.float32
    assert maps.isfinite().all()
    whole = FUNCTIONS[name](network(), IMAGES, target)
    assert torch.allclose(maps, whole, atol=1e-6)


def test_every_public_function_is_here():
    assert set(FUNCTIONS) == {n for n in explain.__all__ if n[0].islower()}
