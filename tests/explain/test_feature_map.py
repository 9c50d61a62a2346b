"""Features in a plane."""

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose

from trainwell.explain import feature_map


def test_pca_is_the_singular_value_decomposition():
    x = torch.randn(20, 5, generator=torch.Generator().manual_seed(0)).double()
    x = x * torch.tensor([5.0, 3.0, 1.0, 0.5, 0.1])
    centred = (x - x.mean(0)).numpy()
    u, s, _ = np.linalg.svd(centred, full_matrices=False)
    assert_allclose(feature_map(x).abs(), np.abs(u[:, :2] * s[:2]), rtol=1e-4)


@pytest.mark.parametrize("method", ["pca", "tsne"])
def test_groups_stay_apart_and_the_seed_decides(method):
    random = torch.Generator().manual_seed(0)
    x = torch.randn(60, 10, generator=random) + 20.0 * (torch.arange(60) % 2)[:, None]
    found = feature_map(x, method=method, seed=3)
    a, b = found[::2], found[1::2]
    spread = max(g.std(0).max().item() for g in (a, b))
    assert (a.mean(0) - b.mean(0)).norm() > 2 * spread
    assert torch.equal(found, feature_map(x, method=method, seed=3))


def test_errors():
    with pytest.raises(ValueError, match="3 rows or more"):
        feature_map(torch.rand(2, 4))
    with pytest.raises(ValueError, match="`method` must be one of pca, tsne"):
        feature_map(torch.rand(5, 4), method="umap")


@pytest.mark.parametrize("method", ["pca", "tsne"])
def test_rows_that_are_equal_have_one_place(method):
    found = feature_map(torch.full((9, 4), 2.0), method=method)
    assert torch.equal(found, torch.zeros(9, 2))
