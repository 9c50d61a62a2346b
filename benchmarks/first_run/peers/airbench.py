"""airbench94 for the CPU: the recipe in plain torch, its rates set by the clock.

A frozen 2 x 2 convolution that whitens, three blocks of two convolutions, Muon on the
filters, SGD on biases and head, alternating flips, shifts of two pixels. Weights stay
float32, products are bfloat16.
Source: Jordan, "94% on CIFAR-10 in 3.29 seconds", 2024; `--variant` is the widths.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor, nn

from benchmarks.first_run.peers._shared import (
    Clock,
    Task,
    answer,
    read_task,
    seconds_so_far,
)

BIAS_RATE, HEAD_RATE, FILTER_RATE = 0.053, 0.67, 0.24
MOMENTUM, FILTER_MOMENTUM = 0.85, 0.6
DECAY = 2e-6
WHITEN_BIAS_UNTIL = 3 / 8
SMOOTHING = 0.2
SHIFT = 2


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


def optimizers(network: Network, batch: int) -> tuple[torch.optim.SGD, Muon]:
    biases = [p for n, p in network.blocks.named_parameters() if n.endswith("bias")]
    decay = DECAY * batch
    groups = [([network.whiten.bias], BIAS_RATE), (biases, BIAS_RATE)]
    groups.append(([network.head.weight], HEAD_RATE))
    sgd = torch.optim.SGD(
        [{"params": p, "lr": r, "weight_decay": decay / r} for p, r in groups],
        momentum=MOMENTUM,
        nesterov=True,
    )
    filters = [p for p in network.blocks.parameters() if p.ndim == 4]
    return sgd, Muon(filters, FILTER_RATE)


def looks(images: Tensor, epoch: int, flipped: Tensor) -> Tensor:
    """Return the images shifted, and mirrored on every other pass."""
    count, side = len(images), images.shape[-1]
    padded = F.pad(images, (SHIFT,) * 4, "reflect")
    down, right = torch.randint(0, 2 * SHIFT + 1, (2, count, 1))
    rows = (down + torch.arange(side))[:, None, :, None]
    columns = right + torch.arange(side)
    mirrored = flipped ^ bool(epoch % 2)
    columns = torch.where(mirrored[:, None], columns.flip(1), columns)[:, None, None]
    place = torch.arange(count)[:, None, None, None]
    return padded[place, torch.arange(3)[None, :, None, None], rows, columns]


def train(network: Network, images: Tensor, labels: Tensor, clock: Clock) -> int:
    """Train until the time is over; return how many images were seen."""
    batch = 1000 if len(images) >= 20_000 else 250
    found = optimizers(network, batch)
    rates = [[group["lr"] for group in o.param_groups] for o in found]
    flipped = torch.rand(len(images)) < 0.5
    seen = 0
    while True:
        order = torch.randperm(len(images))
        for chosen in order.split(batch)[: len(images) // batch]:
            done = clock.progress
            if done >= 1:
                return seen
            for optimizer, starts in zip(found, rates, strict=True):
                for group, start in zip(optimizer.param_groups, starts, strict=True):
                    group["lr"] = start * (1 - done)
            whiten = max(0.0, 1 - done / WHITEN_BIAS_UNTIL)
            found[0].param_groups[0]["lr"] = BIAS_RATE * whiten
            network.whiten.bias.requires_grad_(whiten > 0)
            shown = looks(images[chosen], seen // len(images), flipped[chosen])
            _step(network, shown, labels[chosen], found)
            seen += batch


def _step(network: Network, images: Tensor, labels: Tensor, found: Any) -> None:
    with torch.autocast("cpu", torch.bfloat16):
        logits = network(images.contiguous(memory_format=torch.channels_last))
    loss = F.cross_entropy(
        logits.float(), labels, label_smoothing=SMOOTHING, reduction="sum"
    )
    loss.backward()
    for optimizer in found:
        optimizer.step()
        optimizer.zero_grad()


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


def read(task: Task, split: str) -> tuple[Tensor, Tensor]:
    """Return images as float in [0, 1] at the task's size, and labels."""
    files = [
        (path, label)
        for label, name in enumerate(task.classes)
        for path in sorted((task.data / split / name).glob("*"))
    ]

    def decode(file: Any) -> np.ndarray:
        with Image.open(file[0]) as image:
            return np.array(image.convert("RGB").resize((task.size, task.size)))

    with ThreadPoolExecutor(2) as pool:
        images = torch.from_numpy(np.stack(list(pool.map(decode, files))))
    labels = torch.tensor([label for _, label in files])
    return images.permute(0, 3, 1, 2).float() / 255, labels


def main(task: Task) -> None:
    images, labels = read(task, "train")
    mean = images.mean((0, 2, 3), keepdim=True)
    deviation = images.std((0, 2, 3), keepdim=True)
    images = (images - mean) / deviation
    clock = Clock(task.seconds)
    first, second, third = (int(w) for w in task.variant.split("/"))
    network = Network((first, second, third), len(task.classes))
    network.set_whitening(images[torch.randperm(len(images))[:5000]])
    network.to(memory_format=torch.channels_last)
    network.train()
    seen = train(network, images, labels, clock)
    seconds = seconds_so_far()
    network.eval()
    tests, truth = read(task, "test")
    tests = (tests - mean) / deviation
    parts = tests.split(1000)
    with torch.no_grad():
        once = torch.cat([network(part) for part in parts]).argmax(1)
    views = torch.cat([logits(network, part) for part in parts]).argmax(1)
    answer(
        (once == truth).float().mean(),
        seconds,
        seen / len(images),
        accuracy_of_views=round(float((views == truth).float().mean()), 4),
    )


if __name__ == "__main__":
    main(read_task())
