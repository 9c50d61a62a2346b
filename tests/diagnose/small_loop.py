"""A small training as a loop, for the checks of its parts."""

import torch
import torch.nn.functional as F
from torch import nn

from trainwell.diagnose import Loop


def loop(model, optimizer=None, **more):
    generator = torch.Generator().manual_seed(0)
    images = torch.randn(96, 6, generator=generator)
    targets = (images[:, 0] > 0).long()
    return Loop(
        model=model,
        optimizer=optimizer or torch.optim.SGD(model.parameters(), 0.1),
        loss_fn=F.cross_entropy,
        batches=list(zip(images.split(16), targets.split(16), strict=True)),
        **more,
    )


def net(*middle):
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(6, 8), *middle, nn.ReLU(), nn.Linear(8, 2))
