"""Small networks with a place for every technique that a recipe may name."""

from torch import nn

from trainwell.models._residual import ResidualBlock


class Block(ResidualBlock):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.act1 = nn.ReLU()
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.act2 = nn.ReLU()

    def forward(self, x):
        y = self.bn2(self.conv2(self.act1(self.bn1(self.conv1(x)))))
        return self.act2(x + self.branch_noise(y))


class EveryLayer(nn.Sequential):
    def __init__(self, num_classes, in_channels):
        super().__init__(
            nn.Conv2d(in_channels, 4, 3, 1, 1),
            nn.BatchNorm2d(4),
            nn.ReLU(),
            Block(4),
            nn.MaxPool2d(2),
            nn.Conv2d(4, 6, 3, 1, 1),
            nn.BatchNorm2d(6),
            nn.ReLU(),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(6, 6),
            nn.ReLU(),
            nn.Linear(6, num_classes),
        )


class FewWeights(nn.Sequential):
    """For optimizers, of which some need a backward pass per weight."""

    def __init__(self, num_classes, in_channels):
        super().__init__(
            nn.Conv2d(in_channels, 6, 3, 2, 1),
            nn.ReLU(),
            nn.AdaptiveAvgPool2d(2),
            nn.Flatten(),
            nn.Linear(24, num_classes),
        )
