import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA

from trainwell.preprocess._principal import principal_components


def test_by_hand():
    # along (1, 1): variance 4; across: 1
    rows = torch.tensor([[2.0, 2], [-2, -2], [1, -1], [-1, 1]]) + 7
    mean, variances, directions = principal_components(rows)
    assert mean.tolist() == [7, 7]
    assert variances.tolist() == pytest.approx([4, 1])
    assert directions[:, 0].tolist() == pytest.approx([0.5**0.5] * 2)


def test_agrees_with_sklearn(patches):
    rows = patches.flatten(1)
    mean, variances, directions = principal_components(rows)
    pca = PCA().fit(rows.numpy())
    n = len(rows)
    assert np.allclose(mean, pca.mean_)
    assert np.allclose(variances, pca.explained_variance_ * (n - 1) / n, atol=1e-12)
    cosines = (directions.numpy() * pca.components_.T).sum(0)
    assert np.allclose(np.abs(cosines[:20]), 1, atol=1e-6)


def test_directions_are_orthonormal_and_variances_descend(digits):
    _, variances, directions = principal_components(digits.flatten(1).float())
    assert variances.dtype == torch.float64
    assert (variances.diff() <= 0).all()
    assert variances.min() >= 0
    torch.testing.assert_close(directions.T @ directions, torch.eye(64).double())


def test_messages():
    with pytest.raises(ValueError, match="at least two samples, got 1"):
        principal_components(torch.zeros(1, 3))
