"""Small networks: convolutional, of attention, linear; and images that they read."""

import pytest
import torch
from torch import nn


class Attention(nn.Module):
    """Patches of 4 px, a class token, one block of attention; the token answers."""

    def __init__(self, classes=3, width=8):
        super().__init__()
        self.patches = nn.Conv2d(3, width, 4, 4)
        self.token = nn.Parameter(torch.zeros(1, 1, width))
        self.norm = nn.LayerNorm(width)
        self.attention = nn.MultiheadAttention(width, 2, batch_first=True)
        self.mlp = nn.Sequential(nn.Linear(width, 16), nn.GELU(), nn.Linear(16, width))
        self.head = nn.Linear(width, classes, bias=False)

    def forward(self, x):
        tokens = self.patches(x).flatten(2).transpose(1, 2)
        tokens = torch.cat([self.token.expand(len(x), -1, -1), tokens], 1)
        y = self.norm(tokens)
        tokens = tokens + self.attention(y, y, y)[0]
        return self.head((tokens + self.mlp(tokens))[:, 0])


def convolutional(classes=3):
    return nn.Sequential(
        nn.ReLU(inplace=True),  # works on its input
        nn.Conv2d(3, 6, 3, padding=1),
        nn.BatchNorm2d(6),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 8, 3, padding=1),
        nn.ReLU(inplace=True),
        nn.Dropout(0.5),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(8, classes),
    )


def linear(classes=3):
    return nn.Sequential(nn.Flatten(), nn.Linear(3 * 64, classes))


KINDS = {"conv": convolutional, "attention": Attention, "linear": linear}


@pytest.fixture
def make():
    """Return a network of a kind, with weights of a seed, in training mode."""

    def build(kind, seed=0, **options):
        torch.manual_seed(seed)
        return KINDS[kind](**options)

    return build


@pytest.fixture
def images():
    return torch.randn(5, 3, 8, 8, generator=torch.Generator().manual_seed(1))
