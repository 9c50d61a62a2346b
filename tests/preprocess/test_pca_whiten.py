import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA

from trainwell.preprocess import PCAWhiten


def fitted(images, eps=1e-12):
    stage = PCAWhiten(tuple(images.shape[1:]), eps=eps).double()
    stage.fit(images)
    return stage


def test_the_covariance_is_the_identity(patches):
    y = fitted(patches)(patches).flatten(1).numpy()
    assert np.abs(np.cov(y.T, bias=True) - np.eye(48)).max() < 1e-6


def test_agrees_with_sklearn(patches):
    pca = PCA(whiten=True).fit(patches.flatten(1).numpy())
    expected = pca.transform(patches.flatten(1).numpy())[:, :20]
    n = len(patches)
    y = fitted(patches)(patches).flatten(1).numpy()[:, :20] * ((n - 1) / n) ** 0.5
    assert np.allclose(np.abs(y), np.abs(expected), atol=1e-5)


def test_eps_bounds_what_little_variance_becomes(digits):
    y = fitted(digits, eps=0.1)(digits).flatten(1)
    assert y.var(0, correction=0).max() < 1 / 1.1 + 1e-6  # lambda / (lambda + 0.1 max)
    assert y.isfinite().all()


def test_eps_is_relative_so_the_unit_of_the_pixels_does_not_matter(digits):
    y = fitted(digits, eps=0.1)(digits)
    assert torch.allclose(fitted(digits / 255, eps=0.1)(digits / 255), y, atol=1e-5)


def test_messages():
    with pytest.raises(ValueError, match="`eps` must be positive, got 0"):
        PCAWhiten((1, 2, 2), eps=0)
    with pytest.raises(ValueError, match="values per image is too large"):
        PCAWhiten((3, 64, 64))
    assert torch.is_tensor(PCAWhiten((1, 2, 2)).get_buffer("matrix"))
