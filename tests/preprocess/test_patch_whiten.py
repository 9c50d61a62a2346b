"""Whitening filters: the covariance of what they give is the identity."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image

from trainwell.preprocess import PatchWhiten, fit_patch_whitening


@pytest.fixture(scope="module")
def images(shared_data):
    paths = sorted((shared_data / "cifar10_mini" / "train" / "cat").iterdir())[:100]
    pixels = np.stack([np.asarray(Image.open(p).convert("RGB")) for p in paths])
    return torch.from_numpy((pixels - 120.0) / 60.0).permute(0, 3, 1, 2)


@pytest.mark.parametrize(("patch", "stride"), [(2, 1), (3, 3)])
def test_whitened_patches_have_identity_second_moments(images, patch, stride):
    filters = fit_patch_whitening(images, patch=patch, stride=stride, eps=1e-12)
    half = len(filters) // 2
    out = F.conv2d(images, filters[:half], stride=stride).transpose(0, 1).flatten(1)
    moments = out @ out.T / out.shape[1]
    torch.testing.assert_close(
        moments, torch.eye(half, dtype=moments.dtype), atol=1e-6, rtol=0
    )


def test_both_signs_and_the_strongest_direction_first(images):
    filters = fit_patch_whitening(images, patch=2)
    assert filters.shape == (24, 3, 2, 2)
    assert torch.equal(filters[:12], -filters[12:])
    norms = filters[:12].flatten(1).norm(dim=1)  # 1 / sqrt(eigenvalue + eps)
    assert (norms.diff() > 0).all()


def test_eps_bounds_the_filters_of_constant_images():
    filters = fit_patch_whitening(torch.zeros(4, 1, 5, 5), patch=2, eps=0.01)
    torch.testing.assert_close(filters.flatten(1).norm(dim=1), torch.full((8,), 10.0))


def test_many_images_are_thinned_not_cut(images):
    many = images.repeat(4, 1, 1, 1)
    some = fit_patch_whitening(many, patch=2)
    whole = fit_patch_whitening(images, patch=2)
    assert (some.abs() - whole.abs()).abs().max() < 0.2 * whole.abs().max()


def test_eps_must_be_positive():
    with pytest.raises(ValueError, match="`eps` must be positive"):
        fit_patch_whitening(torch.zeros(1, 1, 4, 4), patch=2, eps=0)


def test_the_stage_filters_with_what_it_was_fitted_on(images):
    stage = PatchWhiten((3, *images.shape[2:]), patch=3).double()
    stage.fit(images)
    expected = F.conv2d(images, fit_patch_whitening(images, patch=3), padding=1)
    assert torch.equal(stage(images), expected)
    assert stage.out_channels == expected.shape[1] == 54


@pytest.mark.parametrize("patch", [0, 2, -3])
def test_the_stage_wants_an_odd_patch(patch):
    with pytest.raises(ValueError, match="`patch` must be odd and positive"):
        PatchWhiten((3, 8, 8), patch=patch)
