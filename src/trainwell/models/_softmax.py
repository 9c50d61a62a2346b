"""Softmax regression: a linear classifier on pixels.

    f(x) = W x + b,    p(y | x) = softmax(f(x))_y

With the loss `hinge` in place of cross-entropy, and L2 weight decay, the same network
is the multiclass linear SVM.

Use: first, to see what a problem costs without a network; `loss.name=hinge` beside it
for the linear SVM. Its weights can be looked at as images, one template per class.
Side effects: tied to one image size; sees no shift and no shape.
Source: Bishop, "Pattern Recognition and Machine Learning", 2006, section 4.3.4; the SVM
of Weston & Watkins, "Support Vector Machines for Multi-Class Pattern Recognition",
1999. Weights start at zero: the problem is convex.
"""

from torch import nn

from trainwell.core.image_size import ImageSize, height_and_width


def softmax(
    num_classes: int = 10, *, in_channels: int = 3, image_size: ImageSize = 28
) -> nn.Module:
    """Build the classifier for images of one size.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        image_size: Side of square images in pixels, or (height, width).

    Example:
        >>> from trainwell.models import softmax, num_parameters
        >>> with torch.device("meta"):
        ...     model = softmax(10)
        >>> num_parameters(model)
        23530
    """
    height, width = height_and_width(image_size)
    linear = nn.Linear(in_channels * height * width, num_classes)
    nn.init.zeros_(linear.weight)
    nn.init.zeros_(linear.bias)
    return nn.Sequential(nn.Flatten(), linear)
