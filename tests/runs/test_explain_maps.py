"""Maps of every task by every method, and networks that lack maps or gradients."""

import numpy as np
import pytest
import torch

from trainwell.core.errors import ModelError
from trainwell.infer import network_inputs
from trainwell.models import SecondLook, create, read_all_depths
from trainwell.runs._explain_maps import METHODS, OTHERS, MapPlan

from .explained import TASKS, predictor

IMAGES = list(np.random.default_rng(0).integers(0, 256, (3, 16, 16, 3), np.uint8))


@pytest.mark.parametrize("task", TASKS)
def test_every_task_by_every_method(task):
    one = predictor(task)
    plan = MapPlan(one, None, 2, None)
    chosen, notes = plan.usable(tuple(METHODS), IMAGES[0])
    assert (chosen, notes) == (tuple(METHODS), ())
    found = plan.shown(IMAGES, one.predict(IMAGES), chosen)
    assert [image.words for image in found] == [
        "  ".join(answer.words(1)) for answer in one.predict(IMAGES)
    ]
    for image, pixels in zip(found, IMAGES, strict=True):
        np.testing.assert_array_equal(image.pixels, pixels)
        assert len(image.answers) == (1 if task == "keypoints" else 2)
        for answer in image.answers:
            assert [m.title for m in answer.maps] == [t for t, _ in METHODS.values()]
            # a colour somewhere: the map is not empty
            shown = np.asarray(answer.maps[2].picture).astype(int)
            assert np.ptp(shown, axis=2).max() > 50


def test_several_at_once_are_as_one_by_one():
    plan = MapPlan(predictor("classification"), None, 2, None)
    answers = plan.predictor.predict(IMAGES)
    together = plan.shown(IMAGES, answers, ("grad_cam",))
    alone = [
        plan.shown([image], [answer], ("grad_cam",))[0]
        for image, answer in zip(IMAGES, answers, strict=True)
    ]
    for a, b in zip(together, alone, strict=True):
        for one, other in zip(a.answers, b.answers, strict=True):
            assert one.name == other.name
            pictures = [np.asarray(x.maps[0].picture).astype(int) for x in (one, other)]
            assert abs(pictures[0] - pictures[1]).max() <= 2


def test_without_maps_the_rest_is_shown_and_said():
    plan = MapPlan(predictor("classification", "mlp"), None, 1, None)
    chosen, notes = plan.usable(None, IMAGES[0])
    assert chosen == OTHERS
    assert notes[0].startswith("Without Grad-CAM: no layer")
    with pytest.raises(ModelError, match="no layer of this network"):
        plan.usable(["grad_cam"], IMAGES[0])


def test_without_gradients_there_is_occlusion():
    one = predictor("classification", "k_nearest")
    one.model.init_from_data(torch.rand(4, 3, 16, 16), torch.tensor([0, 1, 2, 0]))
    one.model.sharpness.requires_grad_(False)
    chosen, notes = MapPlan(one, None, 1, None).usable(None, IMAGES[0])
    assert chosen == ("occlusion",)
    assert len(notes) == 3


@pytest.mark.parametrize("reads", [{}, {"cells": True}, {"parts": True}])
@pytest.mark.parametrize("task", ["multilabel", "keypoints"])
def test_heads_on_all_depths(reads, task):
    one = predictor(task, "resnet18")
    read_all_depths(
        one.model, torch.rand(2, 3, 16, 16), blocks=["layer1", "layer2"], **reads
    )
    plan = MapPlan(one, None, 1, None)
    chosen, notes = plan.usable(None, IMAGES[0])
    first = "hires_cam" if task == "keypoints" else "grad_cam"
    assert (chosen, notes) == ((first, *OTHERS), ())
    (image,) = plan.shown(IMAGES[:1], one.predict(IMAGES[:1]), chosen)
    assert (
        np.ptp(np.asarray(image.answers[0].maps[0].picture).astype(int), 2).max() > 50
    )


def test_a_second_look_is_explained_by_its_first():
    made = create("resnet18", num_classes=4, in_channels=3, image_size=16).model.eval()
    read_all_depths(made, torch.rand(2, 3, 16, 16), blocks=["layer1"])
    one = predictor("keypoints")
    look = type(one)(SecondLook(made).eval(), one.metadata)
    plan = MapPlan(look, None, 1, None)
    x, _ = network_inputs(look, IMAGES)
    torch.testing.assert_close(plan.network(x), made(x), atol=1e-4, rtol=1e-4)
