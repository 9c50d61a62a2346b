"""Put a fitted preprocessing stage in front of a network."""

from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core.image_size import height_and_width
from trainwell.models._data_init import DataInitialised, Targets, show_images
from trainwell.models._modify_names import technique
from trainwell.models._types import ModelSpec, Modification
from trainwell.preprocess import Stage


class Preprocessed(DataInitialised):
    """A network after a stage; both are saved, loaded and exported as one.

    Args:
        stage: Fitted by `init_from_data`, or loaded with the weights.
        network: Reads what the stage returns.
    """

    def __init__(self, stage: Stage, network: nn.Module) -> None:
        super().__init__()
        self.stage = stage
        self.network = network

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits."""
        logits: Tensor = self.network(self.stage(x))
        return logits

    def init_from_data(
        self,
        images: Float[Tensor, "batch channels height width"],
        targets: Targets | None = None,
    ) -> None:
        """Fit the stage, and show the network what comes out of it."""
        self.stage.fit(images)
        show_images(self.network, self.stage(images), targets)


def stage_of(spec: ModelSpec, edit: Modification) -> Stage:
    """Build the stage that a modification names, not yet fitted.

    Raises:
        ModelError: If there is none, or it does not fit the images.
    """
    shape = (spec.in_channels, *height_and_width(spec.image_size))
    stage: Stage = technique(edit)(shape, **edit.arguments)
    return stage
