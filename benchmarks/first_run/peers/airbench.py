"""airbench94 for the CPU: the recipe in plain torch, its rates set by the clock.

A frozen 2 x 2 convolution that whitens, three blocks of two convolutions, Muon on the
filters, SGD on biases and head, alternating flips, shifts of two pixels. Weights stay
float32; products are bfloat16 or float32, whichever a timed step finds faster.
Source: Jordan, "94% on CIFAR-10 in 3.29 seconds", 2024; `--variant` is the widths.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from benchmarks.first_run.peers._airbench_network import Muon, Network, logits
from benchmarks.first_run.peers._shared import (
    Clock,
    Task,
    answer,
    read_task,
    seconds_so_far,
)

BIAS_RATE, HEAD_RATE, FILTER_RATE = 0.053, 0.67, 0.24
MOMENTUM = 0.85
DECAY = 2e-6
WHITEN_BIAS_UNTIL = 3 / 8
SMOOTHING = 0.2
SHIFT = 2


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
    narrow = bfloat16_is_faster(network, images[:250], labels[:250])
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
            _step(network, shown, labels[chosen], narrow, found)
            seen += batch


def bfloat16_is_faster(network: Network, images: Tensor, labels: Tensor) -> bool:
    """Return which precision takes less time for the second of two steps."""
    spent = {}
    for narrow in (True, False):
        for _ in range(2):
            start = time.perf_counter()
            _backward(network, images, labels, narrow)
            spent[narrow] = time.perf_counter() - start
            network.zero_grad()
    return spent[True] < spent[False]


def _backward(network: Network, images: Tensor, labels: Tensor, narrow: bool) -> None:
    with torch.autocast("cpu", torch.bfloat16, enabled=narrow):
        logits = network(images.contiguous(memory_format=torch.channels_last))
    F.cross_entropy(
        logits.float(), labels, label_smoothing=SMOOTHING, reduction="sum"
    ).backward()


def _step(
    network: Network, images: Tensor, labels: Tensor, narrow: bool, found: Any
) -> None:
    _backward(network, images, labels, narrow)
    for optimizer in found:
        optimizer.step()
        optimizer.zero_grad()


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
