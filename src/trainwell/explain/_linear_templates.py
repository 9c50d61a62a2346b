"""Linear templates: what a linear classifier compares an image with.

    W_k, laid out as an image, for every output k;   f_k(x) = W_k . x + b_k

Use: with `models.softmax`, and the first layer of networks of linear layers.
Side effects: none.
Source: Li, Karpathy & Johnson, Stanford CS231n, "Linear classification", 2016.
"""

from torch import Tensor, nn

from trainwell.core.errors import ModelError


def linear_templates(network: nn.Module, shape: tuple[int, int, int]) -> Tensor:
    """Return the weights of the first linear layer as images, one per output.

    Args:
        network: It is left as it was.
        shape: Channels, height and width of the images that it reads.

    Raises:
        ModelError: If the first linear layer does not read pixels of such images.

    Example:
        >>> net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(48, 10))
        >>> linear_templates(net, (3, 4, 4)).shape
        torch.Size([10, 3, 4, 4])
    """
    channels, height, width = shape
    for module in network.modules():
        if isinstance(module, nn.Linear):
            if module.in_features != channels * height * width:
                break
            weights: Tensor = module.weight.detach().clone().unflatten(1, shape)
            return weights
    raise ModelError(
        f"no first linear layer reads images of {channels} channels and {height}x"
        f"{width} pixels; templates are for linear classifiers."
    )
