"""First-layer filters: what the first convolution looks for, as small pictures.

    W_k, (channels, height, width), for every filter k

Use: filters that look like noise, or of which many are empty, tell of too little
training, too high a rate or too little regularisation.
Side effects: none.
Source: Krizhevsky, Sutskever & Hinton, "ImageNet Classification with Deep Convolutional
Neural Networks", 2012, figure 3.
"""

from torch import Tensor, nn

from trainwell.core.errors import ModelError


def first_layer_filters(network: nn.Module) -> Tensor:
    """Return the weights of the first convolution, (filters, channels, height, width).

    Args:
        network: It is left as it was.

    Raises:
        ModelError: If the network has no convolution.

    Example:
        >>> first_layer_filters(torch.nn.Sequential(torch.nn.Conv2d(3, 8, 5))).shape
        torch.Size([8, 3, 5, 5])
    """
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            return module.weight.detach().clone()
    raise ModelError("the network has no convolution; see `linear_templates`.")
