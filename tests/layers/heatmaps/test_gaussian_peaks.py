"""Gaussian peaks by hand, written out, on Gaussians between cells, and at the border."""

import math

import numpy as np
import pytest
import torch

from trainwell.layers.heatmaps import GaussianPeaks, gaussian_peaks, heatmap_targets


@pytest.fixture
def maps():
    g = torch.Generator().manual_seed(0)
    return torch.rand(2, 3, 5, 7, generator=g, dtype=torch.float64)


def test_by_hand():
    # logarithms -1, 0, -2 around the highest cell of a row: offset (-2 + 1) / (2 * 3)
    maps = torch.full((1, 1, 3, 5), 1e-4)
    maps[0, 0, 1, 1:4] = torch.tensor([-1.0, 0.0, -2.0]).exp()
    x, y = gaussian_peaks(maps)[0, 0].tolist()
    assert x == pytest.approx((2 + 0.5 - 1 / 6) / 5)
    assert y == pytest.approx(0.5)


def test_written_out_definition(maps):
    found = gaussian_peaks(maps)
    logs = np.log(maps.numpy())
    for b, k in np.ndindex(2, 3):
        h = logs[b, k]
        i, j = np.unravel_index(h.argmax(), h.shape)
        for axis, (at, line) in enumerate([(j, h[i]), (i, h[:, j])]):
            low, high = line[max(at - 1, 0)], line[min(at + 1, len(line) - 1)]
            offset = (high - low) / (2 * (2 * line[at] - low - high))
            assert found[b, k, axis].item() == pytest.approx(
                (at + 0.5 + offset) / len(line)
            )


@pytest.mark.parametrize("sigma", [0.8, 1.5, 3.0])
def test_of_a_gaussian_its_centre(sigma):
    g = torch.Generator().manual_seed(0)
    points = 0.2 + 0.6 * torch.rand(4, 10, 2, generator=g)
    maps = 0.3 * heatmap_targets(points, (24, 32), sigma=sigma)
    torch.testing.assert_close(gaussian_peaks(maps), points, atol=1e-5, rtol=0)


def test_within_half_a_cell_of_the_highest(maps):
    at = maps.flatten(2).argmax(2)
    cells = torch.stack([at % 7 + 0.5, at // 7 + 0.5], 2)
    away = gaussian_peaks(maps) * torch.tensor([7, 5]) - cells
    assert 0 < away.abs().max() <= 0.5


def test_beyond_the_border_is_the_border():
    points = torch.tensor([[[-0.2, 0.5], [1.3, 0.5]]])
    found = gaussian_peaks(heatmap_targets(points, 16))
    torch.testing.assert_close(found, torch.tensor([[[0.0, 0.5], [1.0, 0.5]]]))


def test_without_a_peak_it_is_finite():
    found = gaussian_peaks(torch.full((1, 2, 4, 6), -3.0))
    assert found.isfinite().all()
    assert found.min() >= 0
    assert found.max() <= 1


def test_a_mirror_mirrors(maps):
    x, y = gaussian_peaks(maps).unbind(2)
    mirrored = gaussian_peaks(maps.flip(3))
    torch.testing.assert_close(mirrored, torch.stack([1 - x, y], 2))


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_precision_gives_float32(maps, dtype):
    half = maps.to(dtype)
    assert gaussian_peaks(half).dtype == torch.float32
    torch.testing.assert_close(gaussian_peaks(half), gaussian_peaks(half.float()))


def test_the_floor_hides_what_is_below_it(maps):
    raised = gaussian_peaks(maps, floor=0.2)
    torch.testing.assert_close(raised, gaussian_peaks(maps.clamp(min=0.2)))
    assert not torch.equal(raised, gaussian_peaks(maps))


def test_the_module_is_its_function(maps):
    module = GaussianPeaks(floor=0.01)
    assert torch.equal(module(maps), gaussian_peaks(maps, floor=0.01))
    assert repr(module) == "GaussianPeaks(floor=0.01)"


@pytest.mark.parametrize("floor", [0.0, -1.0, math.nan])
def test_out_of_range(maps, floor):
    with pytest.raises(ValueError, match="`floor` must be positive"):
        gaussian_peaks(maps, floor=floor)
    with pytest.raises(ValueError, match="`floor` must be positive"):
        GaussianPeaks(floor)


@pytest.mark.compile
def test_compiled_is_eager(maps):
    torch._dynamo.reset()
    compiled = torch.compile(gaussian_peaks, fullgraph=True, backend="aot_eager")
    torch.testing.assert_close(compiled(maps), gaussian_peaks(maps))
