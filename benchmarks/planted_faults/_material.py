"""What the trainings are made of: real images, small networks, parts of loops."""

from functools import cache

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn

from trainwell.diagnose import Loop

BATCH = 32
NUM_TRAIN, NUM_VAL = 800, 300


@cache
def digits():
    """Real digits of 8 x 8 pixels, standardised, in a random order."""
    source = load_digits()
    images = torch.tensor(source.images, dtype=torch.float32)[:, None] / 16
    targets = torch.tensor(source.target)
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(1))
    images, targets = images[order], targets[order]
    return (images - images.mean()) / images.std(), targets


def train_and_val(images=None, targets=None):
    if images is None:
        images, targets = digits()
    end = NUM_TRAIN + NUM_VAL
    return (
        (images[:NUM_TRAIN], targets[:NUM_TRAIN]),
        (images[NUM_TRAIN:end], targets[NUM_TRAIN:end]),
    )


def batches(images, targets, size=BATCH):
    return list(zip(images.split(size), targets.split(size), strict=True))


def mlp(width=64, depth=2, act=nn.ReLU, inputs=64, outputs=10):
    layers = [nn.Flatten()]
    for _ in range(depth):
        layers += [nn.Linear(inputs, width), act()]
        inputs = width
    return nn.Sequential(*layers, nn.Linear(width, outputs))


def cnn(norm=True, dropout=0.0, channels=1):
    def block(inputs, outputs):
        parts = [nn.Conv2d(inputs, outputs, 3, padding=1, bias=not norm)]
        return [*parts, *([nn.BatchNorm2d(outputs)] if norm else []), nn.ReLU()]

    return nn.Sequential(
        *block(channels, 16),
        *block(16, 32),
        nn.MaxPool2d(2),
        *block(32, 32),
        nn.AdaptiveAvgPool2d(2),
        nn.Flatten(),
        nn.Dropout(dropout),
        nn.Linear(128, 10),
    )


def sgd(model, lr=0.05, decay=0.0):
    return torch.optim.SGD(model.parameters(), lr, momentum=0.9, weight_decay=decay)


def adam(model, lr=1e-3):
    return torch.optim.Adam(model.parameters(), lr)


def loop(model=None, optimizer=None, train=None, val=None, **more):
    """A healthy training, but for what is given."""
    torch.manual_seed(0)
    model = mlp() if model is None else model
    good_train, good_val = train_and_val()
    return Loop(
        model=model,
        optimizer=sgd(model) if optimizer is None else optimizer(model),
        loss_fn=more.pop("loss_fn", F.cross_entropy),
        batches=batches(*(train or good_train)),
        validation=batches(*(val or good_val), 100),
        **more,
    )


def permutation(count, seed=3):
    return torch.from_numpy(np.random.default_rng(seed).permutation(count))
