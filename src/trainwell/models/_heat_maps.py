"""A head of heat maps: one map per point, from all resolutions of the network.

    F = norm(sum_b up(W_b B_b))            blocks b, the last of every resolution
    H = W (relu(norm(C relu(F))))          one map per point, on the finest grid
    soft_argmax:  point = sum softmax(H) place        trained on points
    heatmap:      point = the top of the bump of H    trained on maps with Gaussians

Places are answered as deviations from the mean shape, as a linear head does.

Use: `model.head=soft_argmax` or `heatmap` for points, with networks of which blocks put
out maps. Such a head sees where something is, and need not learn it.
Side effects: about one more block of time; points outside of what is shown cannot be
answered. While training, `heatmap` returns its maps, (batch, points height width).
Source: Sun et al., "Integral Human Pose Regression", 2018; Tompson et al., 2014 (see
`layers.heatmaps`); Lin et al., "Feature Pyramid Networks", 2017, section 3.
"""

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from trainwell.models._block_outputs import BlockOutputs

_CHANNELS = 64


class HeatMaps(nn.Module):
    """The head; see the module's text.

    Args:
        outputs: What the blocks put out.
        shapes: By number of a block, the channels, height and width of its output.
        num_points: Maps.
        answer: From maps to points in fractions of the image.
        on_maps: Whether maps are returned while training.
    """

    mean: Tensor
    scale: Tensor

    def __init__(
        self,
        outputs: BlockOutputs,
        shapes: Mapping[int, torch.Size],
        num_points: int,
        answer: nn.Module,
        *,
        on_maps: bool,
    ) -> None:
        super().__init__()
        self.outputs, self.answer, self.on_maps = outputs, answer, on_maps
        rows, columns = max(tuple(shape[1:]) for shape in shapes.values())
        self.size = (int(rows), int(columns))
        self.numbers = tuple(shapes)
        self.lateral = nn.ModuleList(
            nn.Conv2d(shape[0], _CHANNELS, 1, bias=False) for shape in shapes.values()
        )
        self.maps = nn.Sequential(
            nn.BatchNorm2d(_CHANNELS),
            nn.ReLU(),
            nn.Conv2d(_CHANNELS, _CHANNELS, 3, 1, 1, bias=False),
            nn.BatchNorm2d(_CHANNELS),
            nn.ReLU(),
            nn.Conv2d(_CHANNELS, num_points, 1),
        )
        self.register_buffer("mean", torch.full((2 * num_points,), 0.5))
        self.register_buffer("scale", torch.ones(()))

    def set_shape(self, mean: Tensor, scale: float) -> None:
        """Set the mean shape, in fractions of the image, and the unit of deviations."""
        self.mean.copy_(mean)
        self.scale.fill_(scale)

    def forward(self, features: Tensor) -> Tensor:
        """Return points in deviations from the mean shape, or maps; a row per image."""
        seen = self.outputs.take()
        parts = [
            F.interpolate(lateral(seen[number]), self.size, mode="bilinear")
            for number, lateral in zip(self.numbers, self.lateral, strict=True)
        ]
        maps: Tensor = self.maps(sum(parts))
        if self.on_maps and self.training:
            return maps.flatten(1)
        points: Tensor = self.answer(maps)
        return (points.flatten(1) - self.mean) / self.scale
