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

from trainwell.core.image_size import ImageSize, height_and_width


def lenet(
    num_classes: int = 10, *, in_channels: int = 3, image_size: ImageSize = 28
) -> nn.Module:
    """Build LeNet-5 for images of one size.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        image_size: Side of square images in pixels, or (height, width), 4 or more.

    Raises:
        ValueError: If the images are smaller than 4 px.

    Example:
        >>> from trainwell.models import lenet, num_parameters
        >>> with torch.device("meta"):
        ...     model = lenet(10)
        >>> num_parameters(model)
        62006
    """
    sides = height_and_width(image_size)
    if min(sides) < 4:
        raise ValueError(f"`image_size` must be 4 or more for lenet, got {image_size}.")
    padding = 2 if min(sides) < 12 else 0
    rows, columns = ((side // 2 - 4 + 2 * padding) // 2 for side in sides)
    return nn.Sequential(
        nn.Conv2d(in_channels, 6, 5, padding=2),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5, padding=padding),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(16 * rows * columns, 120),
        nn.ReLU(inplace=True),
        nn.Linear(120, 84),
        nn.ReLU(inplace=True),
        nn.Linear(84, num_classes),
    )
