"""Cosine distances against loops and scikit-learn."""

import pytest
import torch
from numpy.testing import assert_allclose
from sklearn.neighbors import NearestNeighbors

from trainwell.explain import nearest_neighbors


def test_against_scikit_learn():
    random = torch.Generator().manual_seed(0)
    a, b = (torch.randn(n, 6, generator=random) for n in (7, 40))
    found = nearest_neighbors(a, b, count=4, chunk=3)
    peer = NearestNeighbors(n_neighbors=4, metric="cosine").fit(b.numpy())
    distances, indices = peer.kneighbors(a.numpy())
    assert found.indices.tolist() == indices.tolist()
    assert_allclose(found.distances, distances, atol=1e-6)


def test_length_does_not_matter_and_no_more_than_there_are():
    found = nearest_neighbors(torch.eye(2) * 9, torch.eye(2), count=5)
    assert found.indices.tolist() == [[0, 1], [1, 0]]
    assert found.distances.tolist() == [[0, 1], [0, 1]]


def test_errors():
    with pytest.raises(ValueError, match="as many columns"):
        nearest_neighbors(torch.rand(2, 3), torch.rand(2, 4))
    with pytest.raises(ValueError, match="`count` must be positive"):
        nearest_neighbors(torch.rand(2, 3), torch.rand(2, 3), count=0)
