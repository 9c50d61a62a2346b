"""Heat maps of points: from points to maps as targets, and from maps to points."""

from trainwell.layers.heatmaps._gaussian_peaks import GaussianPeaks as GaussianPeaks
from trainwell.layers.heatmaps._gaussian_peaks import gaussian_peaks as gaussian_peaks
from trainwell.layers.heatmaps._heatmap_targets import (
    heatmap_targets as heatmap_targets,
)
from trainwell.layers.heatmaps._soft_argmax import SoftArgmax as SoftArgmax
from trainwell.layers.heatmaps._soft_argmax import soft_argmax as soft_argmax

__all__ = [
    "GaussianPeaks",
    "SoftArgmax",
    "gaussian_peaks",
    "heatmap_targets",
    "soft_argmax",
]
