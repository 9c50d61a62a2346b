"""Channel dropout: zero whole channels with probability p.

    y_nc = m_nc x_nc / (1 - p),    m_nc ~ Bernoulli(1 - p)

one m for all positions of a channel, since neighbouring values say much the same.

Use: after activations of convolutions, where plain dropout removes little information.
Side effects: stronger noise than `dropout` at the same p, so take a smaller one; the
identity in evaluation.
Source: Tompson et al., "Efficient Object Localization Using Convolutional Networks",
2015, section 3.2, https://arxiv.org/abs/1411.4280. The layer is torch's.
"""

from torch import nn

from trainwell.core import checks


def channel_dropout_layer(*, p: float = 0.2) -> nn.Module:
    """Return the layer for images, (batch, channels, height, width).

    Args:
        p: Probability of zeroing a channel, in [0, 1].

    Raises:
        ValueError: If `p` is out of range.
    """
    checks.between("p", p, 0, 1)
    return nn.Dropout2d(p)
