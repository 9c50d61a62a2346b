"""A network, a loss and a hook of your own: trained, saved and loaded again.

    python examples/own_network.py

A network can also be named by its import path. On the command line, in this folder:
trainwell train digits model.name=own_network:Net
"""

import tempfile
from pathlib import Path

from torch import Tensor, nn

import trainwell as tw


class Net(nn.Module):
    """Two convolutions and a linear classifier."""

    def __init__(self, num_classes: int, in_channels: int, width: int = 32) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(in_channels, width, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(width, 2 * width, 3, padding=1),
            nn.ReLU(),
            nn.AdaptiveAvgPool2d(2),
        )
        self.head = nn.Linear(8 * width, num_classes)

    def forward(self, x: Tensor) -> Tensor:
        """Return one logit per class."""
        logits: Tensor = self.head(self.features(x).flatten(1))
        return logits


class CountSteps(tw.training.Hook):
    """Count the steps of the training."""

    steps = 0

    def after_step(
        self, state: tw.training.TrainState, batch: tw.training.Batch, loss: Tensor
    ) -> None:
        """Add one."""
        self.steps += 1


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        counter = CountSteps()
        run = tw.train(
            "digits",
            recipe={"optimizer.lr": 0.01, "train.epochs": 5},
            model=Net(num_classes=10, in_channels=1, width=16),
            loss=nn.CrossEntropyLoss(label_smoothing=0.1),
            hooks=[counter],
            out=Path(place, "run"),
        )
        print(f"test accuracy {run.summary['test_accuracy']:.3f}")
        print(f"{counter.steps} steps")
        model = tw.load(run.path, model=Net(num_classes=10, in_channels=1, width=16))
        print(type(model.model).__name__, model.classes)
