"""LeNet-5.

    conv 5x5, 6 - pool - conv 5x5, 16 - pool - linear 120 - linear 84 - linear

Use: on digits and the like, or as the first convolutional network to learn on.
Side effects: tied to one image size; too small for photographs.
Source: LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998,
figure 2. As is usual today: ReLU for tanh, maximum for average pooling, and a second
convolution that sees all maps of the first. The image is padded by 2, so 28 px give the
paper's 32; below 12 px the second convolution is padded as well.
"""

from torch import nn


def lenet(
    num_classes: int = 10, *, in_channels: int = 3, image_size: int = 28
) -> nn.Module:
    """Build LeNet-5 for square images of one size.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        image_size: Their height and width in pixels, 4 or more.

    Raises:
        ValueError: If the images are smaller than 4 px.

    Example:
        >>> from trainwell.models import lenet, num_parameters
        >>> with torch.device("meta"):
        ...     model = lenet(10)
        >>> num_parameters(model)
        62006
    """
    if image_size < 4:
        raise ValueError(f"`image_size` must be 4 or more for lenet, got {image_size}.")
    padding = 2 if image_size < 12 else 0
    side = (image_size // 2 - 4 + 2 * padding) // 2
    return nn.Sequential(
        nn.Conv2d(in_channels, 6, 5, padding=2),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5, padding=padding),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(16 * side**2, 120),
        nn.ReLU(inplace=True),
        nn.Linear(120, 84),
        nn.ReLU(inplace=True),
        nn.Linear(84, num_classes),
    )
