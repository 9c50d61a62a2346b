"""Linear discriminants against scikit-learn and their definition."""

import numpy as np
import pytest
import torch
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

from trainwell.transfer import discriminant_head


def problem(images, width):
    generator = torch.Generator().manual_seed(0)
    targets = torch.arange(images) % 3
    centres = torch.randn(3, width, generator=generator)
    noise = torch.randn(images, width, generator=generator)
    return 3 + 2 * (centres[targets] / 2 + noise).double(), targets


@pytest.mark.parametrize(("images", "width"), [(120, 6), (30, 50)])
@pytest.mark.parametrize("shrinkage", [0.3, 3.0])
def test_it_is_the_definition(images, width, shrinkage):
    """Also where there are more features than images, and another system is solved."""
    features, targets = problem(images, width)
    head = discriminant_head(features, targets, 3, shrinkage=shrinkage)
    z = ((features - features.mean(0)) / (features.std(0, correction=0) + 1e-3)).numpy()
    z = z.clip(-5, 5)
    means = np.stack([z[targets == k].mean(0) for k in range(3)])
    apart = z - means[targets]
    covariance = apart.T @ apart / images + shrinkage * np.eye(width)
    weight = means @ np.linalg.inv(covariance)
    np.testing.assert_allclose(head.weight, weight, atol=1e-9)
    np.testing.assert_allclose(head.bias, -(means * weight).sum(1) / 2, atol=1e-9)


def test_a_trusted_implementation_decides_alike():
    features, targets = problem(120, 6)
    head = discriminant_head(features, targets, 3, shrinkage=1.0)
    z = ((features - head.mean) / head.std).clamp(-5, 5).numpy()
    apart = z - np.stack([z[targets == k].mean(0) for k in range(3)])[targets]
    size = (apart**2).mean()  # (1 - s) S + s size I is the same up to a factor
    share = 1.0 / (size + 1.0)
    peer = LinearDiscriminantAnalysis(
        solver="lsqr",
        shrinkage=share,
        priors=[1 / 3] * 3,
    ).fit(z, targets.numpy())
    assert (peer.predict(z) == head.logits(features).argmax(1).numpy()).mean() > 0.98


def test_a_class_without_images_is_never_the_answer():
    features, targets = problem(120, 6)
    head = discriminant_head(features, targets, 4)
    logits = head.logits(features)
    assert torch.isfinite(logits).all()
    assert (logits.argmax(1) != 3).all()


def test_many_images_are_thinned(monkeypatch):
    monkeypatch.setattr("trainwell.transfer._discriminant._ROWS", 50)
    features, targets = problem(120, 6)
    answers = discriminant_head(features, targets, 3).logits(features).argmax(1)
    assert (answers == targets).double().mean() > 0.6


def test_shrinkage_is_positive():
    with pytest.raises(ValueError, match="`shrinkage` must be positive"):
        discriminant_head(*problem(9, 2), 3, shrinkage=0)
