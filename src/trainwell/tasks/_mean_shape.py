"""The mean of shapes in images, and how far these are from it."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.tasks._frames import from_image, to_image
from trainwell.tasks._metric import Targets
from trainwell.tasks._point_metrics import mean_error


@dataclass(frozen=True)
class MeanShape:
    """The mean shape of some images.

    Attributes:
        points: x0, y0, x1, ... in fractions of what is shown.
        scale: Root mean square deviation of a coordinate from it, in these fractions.
        error: Normalised error of taking it for every image.
    """

    points: tuple[float, ...]
    scale: float
    error: float

    @classmethod
    def of(
        cls, targets: Targets, frames: npt.NDArray[np.float64], size: ImageSize
    ) -> Self:
        """Return that of targets, (n, points, 2) in pixels of images; see `Batch`."""
        sides = np.array(height_and_width(size)[::-1], np.float64)
        shapes = from_image(targets, frames, size) / sides
        mean = np.nanmean(shapes, 0)
        scale = float(np.sqrt(np.nanmean((shapes - mean) ** 2))) or 1.0
        guessed = np.broadcast_to(mean * sides, shapes.shape)
        error = mean_error(to_image(guessed, frames, size), targets) or 1.0
        return cls(tuple(mean.reshape(-1).tolist()), scale, error)

    def check(self, size: tuple[int, int]) -> None:
        """Raise ValueError for one that no images of this height and width have."""
        positive = 0 < self.scale < np.inf and min(size) > 0 < self.error
        if not positive or not np.isfinite(self.points).all():
            raise ValueError("a shape, a scale or a size that is no positive number")
