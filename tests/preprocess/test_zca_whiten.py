import numpy as np
import pytest
import torch

from trainwell.preprocess import PCAWhiten, ZCAWhiten


def fitted(make, images, eps=1e-12):
    stage = make(tuple(images.shape[1:]), eps=eps).double()
    stage.fit(images)
    return stage


def test_definition(patches):
    x = patches.flatten(1).numpy()
    mean = x.mean(0)
    covariance = np.zeros((48, 48))
    for row in x:
        covariance += np.outer(row - mean, row - mean) / len(x)
    values, vectors = np.linalg.eigh(covariance)
    eps = 0.01 * values.max()
    matrix = vectors @ np.diag((values + eps) ** -0.5) @ vectors.T
    y = fitted(ZCAWhiten, patches, eps=0.01)(patches[:9]).flatten(1)
    assert np.allclose(y.numpy(), (x[:9] - mean) @ matrix.T, atol=1e-8)


def test_the_covariance_is_the_identity(patches):
    y = fitted(ZCAWhiten, patches)(patches).flatten(1).numpy()
    assert np.abs(np.cov(y.T, bias=True) - np.eye(48)).max() < 1e-6


def test_images_stay_nearer_to_themselves_than_under_pca(patches):
    def similarity(make):
        y = fitted(make, patches)(patches).flatten(1)
        x = patches.flatten(1) - patches.flatten(1).mean(0)
        return torch.nn.functional.cosine_similarity(x, y).mean()

    assert similarity(ZCAWhiten) > 0.2 > similarity(PCAWhiten).abs()


def test_messages():
    with pytest.raises(ValueError, match="`eps` must be positive"):
        ZCAWhiten((1, 2, 2), eps=-1)
