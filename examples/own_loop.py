"""One technique in your own loop: Muon against plain momentum on handwritten digits.

python examples/own_loop.py
"""

from collections.abc import Callable

import torch
from sklearn.datasets import load_digits
from torch import nn

from trainwell.models import lenet
from trainwell.optim import Momentum, Muon
from trainwell.schedules import linear

STEPS, BATCH, TRAINING = 80, 64, 1400

digits = load_digits()
images = torch.tensor(digits.images[:, None] / 8 - 1, dtype=torch.float32)
labels = torch.tensor(digits.target)
Maker = Callable[[nn.Module], torch.optim.Optimizer]


def accuracy_after(make_optimizer: Maker) -> float:
    """Train a LeNet for a few steps; return its accuracy on the other images."""
    torch.manual_seed(0)
    model = lenet(10, in_channels=1, image_size=8)
    optimizer = make_optimizer(model)
    factor = linear()
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: factor(step / STEPS)
    )
    for _ in range(STEPS):
        batch = torch.randint(TRAINING, (BATCH,))
        loss = nn.functional.cross_entropy(model(images[batch]), labels[batch])
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
    answers = model.eval()(images[TRAINING:]).argmax(1)
    return (answers == labels[TRAINING:]).float().mean().item()


print(f"momentum {accuracy_after(lambda m: Momentum(m.parameters(), lr=0.2)):.3f}")
print(f"muon     {accuracy_after(lambda m: Muon(m, lr=0.05)):.3f}")
