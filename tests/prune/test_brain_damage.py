"""Brain damage: the rise of a loss whose curvature is diagonal, exactly."""

import pytest
import torch

from trainwell.prune import damage_saliency, magnitude_masks, score_masks


def test_it_is_the_rise_of_a_diagonal_quadratic():
    g = torch.Generator().manual_seed(0)
    best = torch.randn(6, generator=g, dtype=torch.float64)
    h = torch.rand(6, generator=g, dtype=torch.float64)
    (found,) = damage_saliency({"w": best}, {"w": h}).values()
    for q in range(6):
        total = 0.0
        for i in range(6):
            moved = 0.0 if i == q else float(best[i])
            total += float(h[i]) * (moved - float(best[i])) ** 2 / 2
        assert found[q].item() == pytest.approx(total, rel=1e-12)


def test_with_equal_curvature_it_is_magnitude():
    weights = {"a": torch.randn(5, 4), "b": torch.randn(7)}
    ones = {n: torch.ones_like(w) for n, w in weights.items()}
    found = score_masks(damage_saliency(weights, ones), share=0.4)
    expected = magnitude_masks(weights, share=0.4)
    assert all(torch.equal(found[n], expected[n]) for n in weights)


def test_a_weight_without_curvature():
    with pytest.raises(KeyError):
        damage_saliency({"w": torch.ones(2)}, {})
