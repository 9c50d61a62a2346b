"""Heat maps of points: from points to maps as targets, and from maps to points."""

from trainwell.layers.heatmaps._heatmap_targets import (
    heatmap_targets as heatmap_targets,
)
from trainwell.layers.heatmaps._soft_argmax import SoftArgmax as SoftArgmax
from trainwell.layers.heatmaps._soft_argmax import soft_argmax as soft_argmax

__all__ = ["SoftArgmax", "heatmap_targets", "soft_argmax"]
