"""Soft argmax by hand, written out, on Gaussians between cells, and at its limits."""

import math

import numpy as np
import pytest
import torch

from trainwell.layers.heatmaps import SoftArgmax, heatmap_targets, soft_argmax


@pytest.fixture
def maps():
    g = torch.Generator().manual_seed(0)
    return torch.randn(2, 3, 4, 6, generator=g, dtype=torch.float64)


def test_by_hand():
    # weights 1 and 3 on the cells (1, 2) and (3, 2) of 2 x 4: x = 2.5 / 4 by weights
    maps = torch.full((1, 1, 4, 2), -1e4)
    maps[0, 0, 1, 0], maps[0, 0, 2, 1] = 0.0, math.log(3)
    expected = [(0.25 * 0.5 + 0.75 * 1.5) / 2, (0.25 * 1.5 + 0.75 * 2.5) / 4]
    assert soft_argmax(maps)[0, 0].tolist() == pytest.approx(expected)


@pytest.mark.parametrize("temperature", [1.0, 0.3])
def test_written_out_definition(maps, temperature):
    found = soft_argmax(maps, temperature=temperature)
    for b, k in np.ndindex(2, 3):
        weights = np.exp(maps[b, k].numpy() / temperature)
        x = y = 0.0
        for i, j in np.ndindex(4, 6):
            x += weights[i, j] / weights.sum() * (j + 0.5) / 6
            y += weights[i, j] / weights.sum() * (i + 0.5) / 4
        assert found[b, k].tolist() == pytest.approx([x, y])


@pytest.fixture
def points():
    g = torch.Generator().manual_seed(0)
    return 0.35 + 0.3 * torch.rand(4, 10, 2, generator=g)


@pytest.mark.parametrize("sigma", [1.0, 2.0, 3.0])
def test_logits_of_a_gaussian_give_its_centre(points, sigma):
    size = torch.tensor([64, 48])
    maps = heatmap_targets(points, (48, 64), sigma=sigma).clamp(min=1e-30).log()
    away = (soft_argmax(maps) - points) * size
    assert away.abs().max() < 1e-3


def test_heights_of_a_gaussian_need_a_low_temperature(points):
    size = torch.tensor([64, 48])
    maps = heatmap_targets(points, (48, 64), sigma=4.0)
    assert ((soft_argmax(maps, temperature=0.045) - points) * size).abs().max() < 1e-3
    assert ((soft_argmax(maps) - points) * size).abs().max() > 1


def test_limits(maps):
    flat = soft_argmax(torch.zeros(1, 2, 5, 3))
    torch.testing.assert_close(flat, torch.full((1, 2, 2), 0.5))
    sharp = soft_argmax(maps, temperature=1e-4)
    at = maps.flatten(2).argmax(2)
    expected = torch.stack([(at % 6 + 0.5) / 6, (at // 6 + 0.5) / 4], 2)
    torch.testing.assert_close(sharp, expected.double())
    torch.testing.assert_close(soft_argmax(maps + 100), soft_argmax(maps))


def test_a_mirror_mirrors(maps):
    x, y = soft_argmax(maps).unbind(2)
    mirrored = soft_argmax(maps.flip(3))
    torch.testing.assert_close(mirrored, torch.stack([1 - x, y], 2))


def test_gradient(maps):
    maps.requires_grad_()
    assert torch.autograd.gradcheck(lambda m: soft_argmax(m, temperature=0.7), maps)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_precision_gives_float32(maps, dtype):
    half = maps.to(dtype)
    assert soft_argmax(half).dtype == torch.float32
    torch.testing.assert_close(soft_argmax(half), soft_argmax(half.float()))


def test_the_module_is_its_function(maps):
    module = SoftArgmax(temperature=0.5)
    assert torch.equal(module(maps), soft_argmax(maps, temperature=0.5))
    assert repr(module) == "SoftArgmax(temperature=0.5)"


@pytest.mark.parametrize("temperature", [0.0, -1.0])
def test_out_of_range(maps, temperature):
    with pytest.raises(ValueError, match="`temperature` must be positive"):
        soft_argmax(maps, temperature=temperature)
    with pytest.raises(ValueError, match="`temperature` must be positive"):
        SoftArgmax(temperature)


@pytest.mark.compile
def test_compiled_is_eager(maps):
    torch._dynamo.reset()
    compiled = torch.compile(soft_argmax, fullgraph=True, backend="aot_eager")
    torch.testing.assert_close(compiled(maps), soft_argmax(maps))
