"""One technique in your own loop: Muon against plain momentum on handwritten digits.

python examples/own_loop.py
"""

from collections.abc import Callable

import torch
from sklearn.datasets import load_digits
from torch import nn

import trainwell as tw

STEPS, BATCH, TRAINING = 80, 64, 1400

digits = load_digits()
images = torch.tensor(digits.images[:, None] / 8 - 1, dtype=torch.float32)
labels = torch.tensor(digits.target)
OptimizerFactory = Callable[[nn.Module], torch.optim.Optimizer]


def accuracy_after(make_optimizer: OptimizerFactory) -> float:
    """Train a LeNet for a few steps; return its accuracy on the other images."""
    torch.manual_seed(0)
    model = tw.models.lenet(10, in_channels=1, image_size=8)
    optimizer = make_optimizer(model)
    factor = tw.schedules.linear()
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: factor(step / STEPS)
    )
    for _ in range(STEPS):
        batch = torch.randint(TRAINING, (BATCH,))
        loss = tw.losses.cross_entropy(model(images[batch]), labels[batch])
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
    predictions = model.eval()(images[TRAINING:]).argmax(1)
    return float((predictions == labels[TRAINING:]).float().mean())


def momentum(model: nn.Module) -> torch.optim.Optimizer:
    """Return SGD with momentum."""
    return tw.optim.Momentum(model.parameters(), lr=0.2)


def muon(model: nn.Module) -> torch.optim.Optimizer:
    """Return Muon, which chooses the parameters for itself."""
    return tw.optim.Muon(model, lr=0.05)


print(f"momentum {accuracy_after(momentum):.3f}")
print(f"muon     {accuracy_after(muon):.3f}")
