"""Models whose first weights are computed from training images."""

from abc import ABC, abstractmethod

from jaxtyping import Float
from torch import Tensor, nn


class DataInitialised(nn.Module, ABC):
    """A model to be shown some training images once, before training."""

    @abstractmethod
    def init_from_data(
        self, images: Float[Tensor, "batch channels height width"]
    ) -> None:
        """Set data-dependent weights from normalised, not augmented, images."""
