"""Models whose first weights are computed from training images."""

from abc import ABC, abstractmethod

from jaxtyping import Float, Int
from torch import Tensor, nn

from trainwell.layers.stochastic import MCDropout

Targets = Int[Tensor, " batch"] | Float[Tensor, "batch *values"]
"""Class indices, or the numbers of each image: a distribution, values, or points."""


class DataInitialised(nn.Module, ABC):
    """A model to be shown some training images once, before training."""

    @abstractmethod
    def init_from_data(
        self,
        images: Float[Tensor, "batch channels height width"],
        targets: Targets | None = None,
    ) -> None:
        """Set data-dependent weights from normalised, not augmented, images.

        Args:
            images: A part of the training split.
            targets: Targets of the images; few models use them.
        """


def data_initialised(model: nn.Module) -> DataInitialised | None:
    """Return the model that wants to see images first, itself or within wrappers.

    Example:
        >>> from trainwell.models import airbench, data_initialised, lenet
        >>> data_initialised(airbench(10)) is not None
        True
        >>> data_initialised(lenet(10)) is None
        True
    """
    while isinstance(model, MCDropout):
        model = model.model
    return model if isinstance(model, DataInitialised) else None


def show_images(
    model: nn.Module,
    images: Float[Tensor, "batch channels height width"],
    targets: Targets | None = None,
) -> bool:
    """Let the model set its data-dependent weights, if it has any.

    Args:
        model: Any, also one whose evaluation is `MCDropout`.
        images: Normalised, not augmented training images.
        targets: Targets of the images.

    Returns:
        Whether the model used them.

    Example:
        >>> from trainwell.models import airbench, lenet, show_images
        >>> images = torch.rand(20, 3, 32, 32)
        >>> show_images(airbench(10), images), show_images(lenet(10), images)
        (True, False)
    """
    looking = data_initialised(model)
    if looking is not None:
        looking.init_from_data(images, targets)
    return looking is not None
