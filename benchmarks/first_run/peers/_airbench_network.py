"""The network of airbench94, and Muon, in plain torch.

Source: Jordan, "94% on CIFAR-10 in 3.29 seconds", 2024; Jordan et al., "Muon", 2024.
"""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

FILTER_MOMENTUM = 0.6


def norm(channels: int) -> nn.BatchNorm2d:
    layer = nn.BatchNorm2d(channels, eps=1e-12, momentum=0.4)
    layer.weight.requires_grad_(False)
    return layer


def conv(inputs: int, outputs: int) -> nn.Conv2d:
    layer = nn.Conv2d(inputs, outputs, 3, padding="same", bias=False)
    nn.init.dirac_(layer.weight.data[:inputs])
    return layer


def block(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        conv(inputs, outputs),
        nn.MaxPool2d(2),
        norm(outputs),
        nn.GELU(),
        conv(outputs, outputs),
        norm(outputs),
        nn.GELU(),
    )


class Network(nn.Module):
    """Logits of normalised images of 32 px."""

    def __init__(self, widths: tuple[int, int, int], num_classes: int) -> None:
        super().__init__()
        self.whiten = nn.Conv2d(3, 24, 2)
        self.whiten.weight.requires_grad_(False)
        self.blocks = nn.Sequential(
            nn.GELU(),
            block(24, widths[0]),
            block(widths[0], widths[1]),
            block(widths[1], widths[2]),
            nn.MaxPool2d(3),
            nn.Flatten(),
        )
        self.head = nn.Linear(widths[2], num_classes, bias=False)
        self.head.weight.data /= self.head.weight.data.std()

    def set_whitening(self, images: Tensor) -> None:
        patches = F.unfold(images, 2).transpose(1, 2).reshape(-1, 12)
        values, vectors = torch.linalg.eigh(patches.T @ patches / len(patches))
        scaled = (vectors / (values + 5e-4).sqrt()).T.reshape(12, 3, 2, 2)
        self.whiten.weight.data.copy_(torch.cat((scaled, -scaled)))

    def forward(self, images: Tensor) -> Tensor:
        features = self.blocks(self.whiten(images))
        logits: Tensor = self.head(features) / features.shape[1]
        return logits


class Muon(torch.optim.Optimizer):
    """Momentum whose update of each filter bank is made orthogonal."""

    def __init__(self, parameters: Any, lr: float) -> None:
        super().__init__(parameters, {"lr": lr})

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:
        for group in self.param_groups:
            for filters in group["params"]:
                buffer = self.state[filters].setdefault(
                    "momentum", torch.zeros_like(filters)
                )
                buffer.mul_(FILTER_MOMENTUM).add_(filters.grad)
                update = filters.grad + FILTER_MOMENTUM * buffer
                filters.mul_(len(filters) ** 0.5 / filters.norm())
                flat = orthogonal(update.reshape(len(update), -1))
                filters.add_(flat.reshape(update.shape), alpha=-group["lr"])


def orthogonal(update: Tensor, steps: int = 3) -> Tensor:
    """Return roughly U V' of the update's U S V', by Newton and Schulz."""
    x = update.bfloat16()
    x = x / (x.norm() + 1e-7)
    wide = x if x.shape[0] <= x.shape[1] else x.T
    for _ in range(steps):
        gram = wide @ wide.T
        wide = 3.4445 * wide + (-4.7750 * gram + 2.0315 * gram @ gram) @ wide
    return (wide if x.shape[0] <= x.shape[1] else wide.T).to(update.dtype)


@torch.no_grad()
def logits(network: Network, images: Tensor) -> Tensor:
    """Return the mean over mirrored and shifted views, and that of the image itself."""
    views = F.pad(images, (1,) * 4, "reflect")
    side = images.shape[-1]
    found = [images, views[..., :side, :side], views[..., 2:, 2:]]
    weights = (0.5, 0.25, 0.25)
    return sum(
        w * (network(v) + network(v.flip(-1))) / 2
        for w, v in zip(weights, found, strict=True)
    )
