"""Which losses fit a task with a head."""

import pytest

from trainwell.tasks import TASKS, Classification, Keypoints, losses_of


@pytest.mark.parametrize("kind", TASKS.values())
def test_a_linear_head_has_those_of_the_task(kind):
    assert losses_of(kind, None) == losses_of(kind, "linear") == kind.losses


def test_heat_maps_have_their_own():
    assert losses_of(Keypoints, "soft_argmax") == Keypoints.losses
    assert losses_of(Keypoints, "heatmap") == ("adaptive_wing", "l2")
    assert losses_of(Classification, "heatmap") == Classification.losses
