"""What explaining uses by default."""

import pytest

from trainwell.runs._explain_defaults import images_at_once, usual_cam

from .explained import TASKS


@pytest.mark.parametrize("task", TASKS)
def test_points_keep_their_places(task):
    cam = "hires_cam" if task == "keypoints" else "grad_cam"
    assert usual_cam(TASKS[task]) == cam


@pytest.mark.parametrize(
    ("size", "count"), [(224, 8), ((224, 448), 4), (32, 64), (2000, 1)]
)
def test_large_images_are_fewer(size, count):
    assert images_at_once(size) == count
