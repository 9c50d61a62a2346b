"""Answers averaged over views: each view by hand, and their mean."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from trainwell.augment.policies import RandAugment
from trainwell.data import pack_images
from trainwell.infer import TestTime, load_predictor


@pytest.fixture
def predictor(save_model):
    return load_predictor(save_model())


def answers(predictor, test_time, images):
    seen = replace(predictor, test_time=test_time).predict(images)
    return np.stack([p.probabilities for p in seen])


def logits(predictor, image):
    """Of an image that has the network's own size already."""
    mean, std = np.array([0.4, 0.5, 0.6]), 0.2
    tensor = torch.tensor((image / 255 - mean) / std).permute(2, 0, 1)[None].float()
    with torch.no_grad():
        return predictor.model(tensor)[0]


def test_flip_by_hand(predictor, pictures):
    square = pictures[0]
    views = torch.stack([logits(predictor, x) for x in (square, square[:, ::-1])])
    (found,) = answers(predictor, TestTime("flip"), [square])
    np.testing.assert_allclose(found, views.softmax(1).mean(0).numpy(), atol=1e-6)
    (found,) = answers(predictor, TestTime("flip", average="logits"), [square])
    np.testing.assert_allclose(found, views.mean(0).softmax(0).numpy(), atol=1e-6)
    assert np.abs(views.softmax(1)[0].numpy() - found).max() > 1e-4


def test_views_have_the_proportions_of_the_output(pictures):
    pack = pack_images(pictures)
    for kind in ("none", "ten_crop", "five_scales"):
        for params, _ in TestTime(kind).views(pack, "pad", (96, 160)):
            shown = params.crop_boxes[:, 2:] - params.crop_boxes[:, :2]
            pixels = shown * np.stack([pack.widths, pack.heights], 1)
            np.testing.assert_allclose(pixels[:, 0] / pixels[:, 1], 160 / 96)


@pytest.mark.parametrize(
    ("kind", "count", "sides"),
    [
        ("none", 1, {1.0}),
        ("flip", 2, {1.0}),
        ("ten_crop", 10, {0.875}),
        ("five_scales", 50, {1.0, 0.875, 0.583, 0.467, 0.35}),
    ],
)
def test_views(kind, count, sides, pictures):
    views = list(TestTime(kind).views(pack_images(pictures), "stretch"))
    assert len(views) == count
    assert sum(mirrored for _, mirrored in views) == count // 2
    crop_boxes = np.stack([params.crop_boxes[0] for params, _ in views])
    assert set((crop_boxes[:, 2] - crop_boxes[:, 0]).round(3)) == sides
    assert crop_boxes.min() >= 0
    assert crop_boxes.max() <= 1 + 1e-12


def test_ten_crops_are_the_corners_and_the_centre(pictures):
    views = TestTime("ten_crop").views(pack_images(pictures), "stretch")
    corners = {tuple(params.crop_boxes[0, :2].round(4)) for params, _ in views}
    ends = {(0, 0), (0.125, 0), (0, 0.125), (0.125, 0.125), (0.0625, 0.0625)}
    assert corners == {tuple(map(float, np.round(c, 4))) for c in ends}


def test_draws_of_a_policy_are_keyed_by_the_pixels(predictor, pictures):
    test_time = TestTime(policy=RandAugment(), draws=4)
    found = answers(predictor, test_time, pictures)
    alone = answers(predictor, test_time, pictures[2:3])
    np.testing.assert_allclose(found[2:3], alone, atol=1e-6)
    again = answers(predictor, test_time, pictures[::-1])[::-1]
    np.testing.assert_allclose(found, again, atol=1e-6)
    plain = answers(predictor, TestTime(), pictures)
    assert np.abs(found - plain).max() > 1e-4
    np.testing.assert_allclose(found.sum(1), 1, atol=1e-6)


def test_messages():
    with pytest.raises(ValueError, match="`kind` must be one of none, flip"):
        TestTime("twirl")
    with pytest.raises(ValueError, match="`kind` or `policy`, not both"):
        TestTime("flip", policy=RandAugment())
    with pytest.raises(ValueError, match="`average` must be one of"):
        TestTime(average="votes")
