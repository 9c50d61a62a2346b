"""A small network with containers, norms and a head."""

import pytest
import torch
from torch import nn


class Inner(nn.Module):
    """Wraps a container, as networks from elsewhere do."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 6, 3)
        )
        self.norm = nn.BatchNorm2d(6)
        self.unused = nn.Linear(3, 3)
        self.head = nn.Linear(6, 3)

    def forward(self, x):
        return self.head(torch.relu(self.norm(self.body(x))).mean((2, 3)))


@pytest.fixture
def net():
    torch.manual_seed(0)
    return nn.Sequential(Inner())


@pytest.fixture
def images():
    return torch.randn(8, 1, 8, 8, generator=torch.Generator().manual_seed(1))
