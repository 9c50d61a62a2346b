import numpy as np
import pytest
import torch
from sklearn.preprocessing import StandardScaler

from trainwell.preprocess import FeatureStandardize


def fitted(images, **arguments):
    stage = FeatureStandardize(tuple(images.shape[1:]), **arguments).double()
    stage.fit(images)
    return stage


def test_by_hand():
    stage = fitted(torch.tensor([[[[1.0, 5.0]]], [[[3.0, 5.0]]]]).double())
    assert stage(torch.tensor([[[[4.0, 5.0]]]])).tolist() == [[[[2.0, 0.0]]]]


def test_agrees_with_sklearn_where_pixels_vary(digits):
    x = digits.flatten(1).numpy()
    varying = x.std(0) > 0.01
    expected = StandardScaler().fit_transform(x)
    y = fitted(digits)(digits).flatten(1).numpy()
    assert 30 < varying.sum() < 64
    assert np.allclose(y[:, varying], expected[:, varying], atol=1e-10)


def test_values_that_hardly_vary_are_not_blown_up(digits):
    y = fitted(digits, smallest_std=0.2)(digits).flatten(1)
    assert (y.std(0, correction=0) <= 1 + 1e-9).all()
    assert (y[:, 0] == 0).all()  # a corner is black in all digits


def test_messages():
    with pytest.raises(ValueError, match="`smallest_std` must be positive, got 0"):
        FeatureStandardize((1, 2, 2), smallest_std=0)
