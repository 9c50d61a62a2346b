"""Healthy trainings: other networks, optimizers, seeds and data. None may alarm."""

from functools import cache
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn

from benchmarks.planted_faults._material import adam, cnn, loop, mlp, sgd, train_and_val
from trainwell import models, optim

CIFAR = Path(__file__).parents[2].parent / "shared" / "data" / "cifar10_mini"


@cache
def cifar():
    """Photographs of 32 x 32 pixels, standardised by the training images."""
    splits = []
    for split, count in (("train", 64), ("test", 24)):
        rows = [
            (np.asarray(Image.open(path).convert("RGB")), label)
            for label, folder in enumerate(sorted((CIFAR / split).iterdir()))
            for path in sorted(folder.iterdir())[:count]
        ]
        order = np.random.default_rng(0).permutation(len(rows))
        images = torch.from_numpy(np.stack([rows[i][0] for i in order])).float() / 255
        targets = torch.tensor([rows[i][1] for i in order])
        splits.append((images.permute(0, 3, 1, 2).contiguous(), targets))
    mean = splits[0][0].mean((0, 2, 3), keepdim=True)
    std = splits[0][0].std((0, 2, 3), keepdim=True)
    return [((images - mean) / std, targets) for images, targets in splits]


def photographs(model, optimizer):
    train, val = cifar()
    return loop(model, optimizer, train=train, val=val)


def seeded(seed, make):
    torch.manual_seed(seed)
    return make()


def smoothed(x, t):
    return F.cross_entropy(x, t, label_smoothing=0.1)


def accumulating(model, optimizer, images, targets):
    """Two halves, one update, cleared afterwards: gradients added on purpose."""
    for x, t in zip(images.chunk(2), targets.chunk(2), strict=True):
        (F.cross_entropy(model(x), t) / 2).backward()
    optimizer.step()
    optimizer.zero_grad()


def zero_head(model):
    nn.init.zeros_(model[-1].weight)
    nn.init.zeros_(model[-1].bias)
    return model


def unit_range():
    """Images of 0..1, not standardised, as many loops have them."""
    (a, s), (b, t) = train_and_val()
    low, high = a.min(), a.max()
    return {
        "train": ((a - low) / (high - low), s),
        "val": ((b - low) / (high - low), t),
    }


def own(name):
    return models.create(name, num_classes=10, in_channels=3, image_size=32).model


HEALTHY = {
    "digits, MLP, SGD": loop,
    "digits, MLP, seed 7, Adam": lambda: loop(seeded(7, mlp), adam),
    "digits, tanh MLP, SGD": lambda: loop(seeded(1, lambda: mlp(act=nn.Tanh))),
    "digits, CNN with BatchNorm, SGD": lambda: loop(seeded(2, cnn)),
    "digits, CNN without norm, Adam": lambda: loop(
        seeded(3, lambda: cnn(norm=False)), lambda m: adam(m, 3e-3)
    ),
    "digits, CNN, dropout 0.5, AdamW": lambda: loop(
        seeded(4, lambda: cnn(dropout=0.5)),
        lambda m: torch.optim.AdamW(m.parameters(), 3e-3, weight_decay=0.05),
    ),
    "digits, head of zeros, label smoothing": lambda: loop(
        zero_head(seeded(5, mlp)), loss_fn=smoothed
    ),
    "digits in 0..1, gradients of two halves": lambda: loop(
        seeded(6, mlp), adam, step=accumulating, **unit_range()
    ),
    "digits, MLP, decay 5e-4, losses per sample": lambda: loop(
        seeded(8, mlp),
        lambda m: sgd(m, 0.03, decay=5e-4),
        loss_fn=lambda x, t: F.cross_entropy(x, t, reduction="none"),
    ),
    "CIFAR photographs, CNN, SGD": lambda: photographs(
        seeded(9, lambda: cnn(channels=3)), sgd
    ),
    "CIFAR photographs, ResNet-20, Adam": lambda: photographs(
        seeded(10, lambda: own("cifar_resnet20")), adam
    ),
    "CIFAR photographs, LeNet, Muon": lambda: photographs(
        seeded(11, lambda: own("lenet")), lambda m: optim.Muon(m, lr=0.02)
    ),
}
