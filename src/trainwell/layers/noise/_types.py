"""What the noise layers share."""

from torch import nn


class NoiseLayer(nn.Module):
    """Abstract: draws from torch's global generator in training, and only then.

    A `forward` asks `self.training`, so `.train()` on the layer alone brings the noise
    back into an evaluation (see `Marginalised`).
    """
