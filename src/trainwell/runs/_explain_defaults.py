"""What explaining uses by default: the map of a task, and images at a time."""

from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.tasks import Task

_PIXELS, _MOST = 8 * 224 * 224, 64  # pixels and images of a chunk


def usual_cam(task: Task) -> str:
    """Return the function of `explain` that shows which places of a layer speak.

    The slopes of points cancel in the mean over places that Grad-CAM takes.
    """
    return "hires_cam" if task.located else "grad_cam"


def images_at_once(size: ImageSize) -> int:
    """Return how many images of this size are explained at a time."""
    height, width = height_and_width(size)
    return max(1, min(_MOST, _PIXELS // (height * width)))
