"""Real digits as batches, and plain deep networks."""

import pytest
import torch
from sklearn.datasets import load_digits
from torch import nn


@pytest.fixture(scope="session")
def digits():
    """256 digits, 1 x 8 x 8, standardised, and their labels."""
    data = load_digits()
    images = torch.from_numpy(data.images[:256]).float()[:, None]
    return (images - images.mean()) / images.std(), torch.from_numpy(data.target[:256])


@pytest.fixture
def plain():
    """Build a perceptron of `depth` layers."""

    def build(depth=30, width=64, act=nn.ReLU, inputs=64, outputs=10):
        torch.manual_seed(0)
        widths = [inputs, *[width] * (depth - 1)]
        layers = [nn.Flatten()]
        for a in widths[:-1]:
            layers += [nn.Linear(a, width), act()]
        return nn.Sequential(*layers, nn.Linear(width, outputs))

    return build
