import numpy as np
import pytest
import torch

from trainwell.preprocess import PCADecorrelate


def fitted(images):
    stage = PCADecorrelate(tuple(images.shape[1:])).double()
    stage.fit(images)
    return stage


def test_the_covariance_is_diagonal_and_descends(patches):
    y = fitted(patches)(patches).flatten(1)
    covariance = np.cov(y.numpy().T, bias=True)
    off = covariance - np.diag(np.diag(covariance))
    assert np.abs(off).max() < 1e-10
    assert (np.diff(np.diag(covariance)) <= 1e-12).all()


def test_a_rotation_keeps_distances(patches):
    y = fitted(patches)(patches).flatten(1)
    x = patches.flatten(1)
    torch.testing.assert_close((y[0] - y[1]).norm(), (x[0] - x[1]).norm())


def test_too_many_values():
    with pytest.raises(ValueError, match="12288 values per image is too large"):
        PCADecorrelate((3, 64, 64))
