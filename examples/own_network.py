"""A network of your own by import path: trained, saved and loaded again.

    python examples/own_network.py

On the command line, in this folder: trainwell train digits model.name=own_network:Net
"""

import tempfile
from pathlib import Path

from torch import Tensor, nn

import trainwell


class Net(nn.Module):
    """Two convolutions; trainwell passes the arguments it finds here."""

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


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        run = trainwell.train(
            "digits",
            "model.name=own_network:Net",
            "model.arguments.width=16",
            "optimizer.lr=0.01",
            "train.epochs=5",
            out=Path(place, "run"),
        )
        print(f"test accuracy {run.summary['test_accuracy']:.3f}")
        model = trainwell.load(run.path, allow_import=True)  # it is our own code
        print(type(model.model).__name__, model.classes)
