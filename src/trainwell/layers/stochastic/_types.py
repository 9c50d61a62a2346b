"""What the stochastic layers share."""

from torch import nn


class StochasticLayer(nn.Module):
    """Abstract: samples from torch's global generator in training, and only then.

    `forward` reads `self.training`, so `.train()` on the layer alone brings the
    randomness back into an evaluation (see `MCDropout`).
    """
