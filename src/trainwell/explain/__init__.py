"""Looking inside a network: functions of (network, images, target) that change nothing.

They read any network of `torch.nn`, convolutional or of attention, and any task: a
target is an output, one per image, or a function of the outputs.
"""

from trainwell.explain._class_visualization import (
    class_visualization as class_visualization,
)
from trainwell.explain._exciting_patches import Patches as Patches
from trainwell.explain._exciting_patches import exciting_patches as exciting_patches
from trainwell.explain._feature_map import feature_map as feature_map
from trainwell.explain._features import features as features
from trainwell.explain._first_layer_filters import (
    first_layer_filters as first_layer_filters,
)
from trainwell.explain._fooling_image import Fooled as Fooled
from trainwell.explain._fooling_image import fooling_image as fooling_image
from trainwell.explain._grad_cam import grad_cam as grad_cam
from trainwell.explain._hires_cam import hires_cam as hires_cam
from trainwell.explain._integrated_gradients import (
    integrated_gradients as integrated_gradients,
)
from trainwell.explain._linear_templates import linear_templates as linear_templates
from trainwell.explain._nearest_neighbors import Neighbors as Neighbors
from trainwell.explain._nearest_neighbors import nearest_neighbors as nearest_neighbors
from trainwell.explain._occlusion import occlusion as occlusion
from trainwell.explain._saliency import saliency as saliency
from trainwell.explain._smooth_grad import smooth_grad as smooth_grad
from trainwell.explain._types import Target as Target

__all__ = [
    "Fooled",
    "Neighbors",
    "Patches",
    "class_visualization",
    "exciting_patches",
    "feature_map",
    "features",
    "first_layer_filters",
    "fooling_image",
    "grad_cam",
    "hires_cam",
    "integrated_gradients",
    "linear_templates",
    "nearest_neighbors",
    "occlusion",
    "saliency",
    "smooth_grad",
]
