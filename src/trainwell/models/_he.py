"""He initialisation of convolutions, as the published ResNet and MobileNet code does.

    W ~ N(0, 2 / (out_channels k^2)),    b = 0

Source: He et al., "Delving Deep into Rectifiers", 2015, eq. 14 (the fan-out form),
https://arxiv.org/abs/1502.01852
"""

from torch import nn


def initialise_convolutions(model: nn.Module) -> None:
    """Draw the weights of every Conv2d from torch's generator, in place.

    Those on the meta device have no values, and drawing them is slow.
    """
    for module in model.modules():
        if isinstance(module, nn.Conv2d) and not module.weight.is_meta:
            nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
            if module.bias is not None:
                nn.init.zeros_(module.bias)
