"""Instance norm: every channel of every image by itself, in both modes."""

import numpy as np
import pytest
import torch

from trainwell.layers.norm._instance_norm import instance_norm_layer as instance_norm

X = torch.randn(2, 3, 4, 5, generator=torch.Generator().manual_seed(0)) * 2 - 1


def test_by_hand():
    y = instance_norm(1, eps=3.0)(torch.tensor([[[[1.0, 3.0]]]]))
    torch.testing.assert_close(y, torch.tensor([[[[-0.5, 0.5]]]]))


def test_written_out_definition():
    layer = instance_norm(3).double()
    layer.weight.data = torch.tensor([1.0, 2.0, 3.0]).double()
    x = X.double().numpy()
    expected = np.empty_like(x)
    for n in range(2):
        for c in range(3):
            part = x[n, c]
            hat = (part - part.mean()) / np.sqrt(part.var() + 1e-5)
            expected[n, c] = (c + 1) * hat
    for mode in (True, False):
        y = layer.train(mode)(X.double()).detach()
        np.testing.assert_allclose(y, expected, rtol=1e-9, atol=1e-12)


def test_contrast_and_brightness_of_an_image_do_not_matter():
    layer = instance_norm(3, eps=1e-9)
    torch.testing.assert_close(layer(5 * X + 3), layer(X), atol=1e-4, rtol=1e-4)


def test_messages():
    with pytest.raises(ValueError, match="`eps` must be positive, got 0"):
        instance_norm(3, eps=0.0)
