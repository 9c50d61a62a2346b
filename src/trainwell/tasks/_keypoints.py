"""Keypoints: named points in the image, such as the corners of the eyes.

outputs = (points / size - mean shape) / scale,    size that of what the network sees
Points are in pixels of the whole image; those not shown, or erased, stay targets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt
from torch import Tensor

from trainwell.augment import move_points
from trainwell.augment.ops import TransformParams
from trainwell.core import checks
from trainwell.core.errors import ArgumentError
from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.data import TargetReader, point_swaps
from trainwell.tasks import _frames, _point_metrics
from trainwell.tasks._answer import Depths, Linear, Table
from trainwell.tasks._mean_shape import MeanShape
from trainwell.tasks._metric import Floats, Metric, Targets
from trainwell.tasks._point_maps import HEADS, ON_POINTS, map_inputs
from trainwell.tasks._point_prediction import PointPrediction, point_table
from trainwell.tasks._point_targets import PointTargets
from trainwell.tasks._task import Task


@dataclass(frozen=True)
class Keypoints(Task):
    """Named points.

    Attributes:
        names: Their names.
        size: Height and width in pixels of what the network sees.
        mean: The mean shape as fractions of this size: x0, y0, x1, ...
        scale: Deviation of the coordinates from it, a fraction.
        swaps: Pairs of points that change their names in a mirror.
        mean_error: Normalised error of the mean shape on the training images.
        head: What puts the points out: `linear`, `soft_argmax` or `heatmap`.

    Example:
        >>> task = Keypoints(("a", "b"), (10, 20), mean=(0.5,) * 4, scale=0.1)
        >>> task.predictions(torch.tensor([[1.0, 0.0, 0.0, 0.0]])).tolist()
        [[12.0, 5.0, 10.0, 5.0]]
    """

    name: ClassVar[str] = "keypoints"
    headline: ClassVar[str] = "nme"
    logged: ClassVar[tuple[str, ...]] = ("loss", "nme", "explained")
    quality: ClassVar[str] = "explained"
    reader: ClassVar[TargetReader] = PointTargets()
    losses: ClassVar[tuple[str, ...]] = ON_POINTS
    heads: ClassVar[Mapping[str, tuple[str, ...]]] = HEADS
    linear: ClassVar[Linear] = "numbers"
    depths: ClassVar[Depths] = "cells"
    sections: ClassVar[tuple[str, ...]] = ("points",)
    located: ClassVar[bool] = True
    mixes: ClassVar[bool] = False
    names: tuple[str, ...]
    size: tuple[int, int]
    mean: tuple[float, ...]
    scale: float
    swaps: tuple[tuple[int, int], ...] = ()
    mean_error: float = 1.0
    head: str = "linear"

    @classmethod
    def made(
        cls, names: Sequence[str], targets: Targets, settings: Mapping[str, Any]
    ) -> Self:
        """Return the task with the mean shape of these targets."""
        swaps = point_swaps(names)
        if settings.get("flip") and not swaps:
            raise ArgumentError(
                "`augment.flip` needs to know which points change their names in a "
                "mirror; call them left_... and right_..., or leave it out."
            )
        size = height_and_width(settings.get("image_size") or 1)
        fit = settings.get("fit") or "pad"
        frames = _frames.whole_frames(settings["sizes"], fit, size)
        shape = MeanShape.of(targets, frames, size)
        found = (shape.points, shape.scale, swaps, shape.error)
        return cls(tuple(names), size, *found, settings.get("head") or "linear")

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the points."""
        return self.names

    @property
    def num_outputs(self) -> int:
        """Two per point."""
        return 2 * len(self.names)

    def check(self, num_outputs: int) -> None:
        """Raise ValueError without a mean shape of as many numbers as outputs."""
        if not num_outputs == len(self.mean) == 2 * len(self.names):
            raise ValueError(f"{len(self.names)} points for {num_outputs} outputs")
        checks.one_of("head", self.head, ("linear", *self.heads))
        _frames.check_swaps(self.swaps, len(self.names))
        MeanShape(self.mean, self.scale, self.mean_error).check(self.size)

    def counts(self, targets: Targets) -> npt.NDArray[np.int64]:
        """Return the images in which each point is visible."""
        return np.asarray((~np.isnan(targets[..., 0])).sum(0))

    def vectors(self, targets: Tensor) -> Tensor:
        """Return points in deviations from the mean shape, NaN where not visible."""
        flat = targets.reshape(len(targets), -1)
        shape = flat / self._sides(flat) - flat.new_tensor(self.mean)
        return (shape / self.scale).float()

    def predictions(self, outputs: Tensor) -> Tensor:
        """Return points in pixels of what the network sees: x0, y0, x1, ..."""
        return self._fractions(outputs) * self._sides(outputs)

    def _fractions(self, outputs: Tensor) -> Tensor:
        return outputs * self.scale + outputs.new_tensor(self.mean)

    def _sides(self, like: Tensor) -> Tensor:
        return like.new_tensor(self.size[::-1] * len(self.names))

    def loss_inputs(
        self, outputs: Tensor, targets: Tensor
    ) -> tuple[Tensor, Tensor, dict[str, Any]]:
        """Return both as points, or as maps of them, and which are visible."""
        shape = (len(outputs), len(self.names), 2)
        if self.head == "heatmap":
            shares = self._fractions(self.vectors(targets)).reshape(shape)
            maps = outputs.shape[1] > self.num_outputs
            said = outputs if maps else self._fractions(outputs)
            return map_inputs(said, shares, self.size)
        wanted = self.vectors(targets).to(outputs.dtype).reshape(shape)
        return outputs.reshape(shape), wanted, {"visible": ~wanted[..., 0].isnan()}

    def moved(
        self,
        targets: npt.NDArray[np.floating],
        params: TransformParams,
        sizes: npt.NDArray[np.integer],
        size: ImageSize,
    ) -> npt.NDArray[np.float64]:
        """Return the points where they are shown, also outside; NaN stays."""
        every = np.ones(targets.shape[:2], bool)
        return move_points(
            targets, every, params, *sizes.T, size=size, swaps=self.swaps
        )[0]

    def mean_shape(self) -> tuple[tuple[float, ...], float]:
        """Return the mean shape, and the scale of the outputs."""
        return self.mean, self.scale

    def mirrored(self, values: Any) -> Any:  # noqa: ANN401
        """Return the points of mirrored images, under the names they have there."""
        return _frames.mirrored_rows(values, self.swaps, self.size[1])

    def placed(self, values: Floats, frames: npt.NDArray[np.float64]) -> Any:  # noqa: ANN401
        """Return the points in pixels of the whole images."""
        return _frames.placed_rows(values, frames, self.size)

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """Normalised error, failures, area under the curve of errors, squared error."""
        return _point_metrics.point_metrics(self.mean_error)

    def chance(self, targets: Targets) -> float:
        """Return that of the mean shape."""
        return 0.0

    def caption(self, target: Any) -> str:  # noqa: ANN401
        """Return how many points are visible."""
        return f"{(~np.isnan(target[..., 0])).sum()} of {len(self.names)} points"

    def prediction(self, name: str, values: npt.NDArray[np.float32]) -> PointPrediction:
        """Return the points in pixels of the image."""
        return PointPrediction(name, self.names, values.reshape(-1, 2))

    def table(
        self, found: Sequence[PointPrediction], top: int, *, all_outputs: bool
    ) -> Table:
        """Return two columns for every point."""
        return point_table(found, self.names)

    def breakdown(self, predictions: Floats, targets: Targets) -> list[dict[str, Any]]:
        """Return the mean error of every point in pixels."""
        return _point_metrics.point_rows(predictions, targets, self.names)

    def informative(
        self, predictions: Floats, targets: Targets, count: int
    ) -> npt.NDArray[np.int64]:
        """Return the images of the largest errors."""
        return _point_metrics.worst(predictions, targets, count)

    @property
    def mirrors(self) -> bool:
        """Where it is known which points change their names."""
        return bool(self.swaps)
