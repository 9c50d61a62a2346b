"""RMS norm by hand, written out, against torch's, and its messages."""

import numpy as np
import pytest
import torch
from torch import nn

from trainwell.layers.norm import RMSNorm2d, swap_norm
from trainwell.layers.norm.functional import rms_norm

X = torch.randn(3, 4, 5, 2, generator=torch.Generator().manual_seed(0)).double()


def test_by_hand():
    y = rms_norm(torch.tensor([[3.0, 4.0, 0.0, 0.0]]), torch.tensor([1.0, 2, 3, 4]), 0)
    torch.testing.assert_close(y, torch.tensor([[1.2, 3.2, 0.0, 0.0]]))


def test_written_out_definition():
    layer = RMSNorm2d(4, eps=0.1).double()
    layer.weight.data = torch.tensor([1.0, 2.0, -1.0, 0.5]).double()
    expected = np.empty(X.shape)
    for i, image in enumerate(X.numpy()):
        rms = np.sqrt((image**2).mean() + 0.1)
        for c in range(4):
            expected[i, c] = [1.0, 2.0, -1.0, 0.5][c] * image[c] / rms
    np.testing.assert_allclose(layer(X).detach(), expected)


def test_agrees_with_torch():
    theirs = nn.RMSNorm([4, 5, 2], eps=1e-5).double()
    torch.testing.assert_close(RMSNorm2d(4).double()(X), theirs(X))


def test_gradient():
    x = X.clone().requires_grad_()
    assert torch.autograd.gradcheck(lambda x: rms_norm(x, torch.ones(4).double()), x)


def test_it_takes_the_place_of_other_norms_and_back():
    model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
    model[1].weight.data.fill_(2.0)
    swap_norm(model, "rms_norm")
    assert isinstance(model[1], RMSNorm2d)
    assert model[1].weight.tolist() == [2, 2, 2, 2]
    swap_norm(model, "batch_norm")
    assert isinstance(model[1], nn.BatchNorm2d)


def test_messages():
    with pytest.raises(ValueError, match="`num_features` must be positive, got 0"):
        RMSNorm2d(0)
    with pytest.raises(ValueError, match="`eps` must be positive, got 0"):
        RMSNorm2d(3, eps=0)
