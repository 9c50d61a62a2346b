"""Answers averaged over views: each view by hand, and their mean."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from trainwell.augment.policies import RandAugment
from trainwell.data import pack_images
from trainwell.infer import TestTime, load_predictor
from trainwell.infer._show_images import shown
from trainwell.tasks import Classification

TASK = Classification(("a", "b", "c"))


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


@pytest.mark.parametrize("kind", ["ten_crop", "five_scales"])
@pytest.mark.parametrize("mode", ["pad", "crop"])
@pytest.mark.parametrize("shape", [(100, 200), (200, 100), (150, 150)])
def test_crops_are_cut_from_the_image_and_have_no_border(kind, mode, shape):
    """On a 2:1 photograph they are squares, and reach both of its ends."""
    image = np.zeros((*shape, 3), np.uint8)
    views = TestTime(kind).views(pack_images([image]), mode)
    boxes = np.stack([params.crop_boxes[0] for params, _ in views])
    assert boxes.min() >= 0
    assert boxes.max() <= 1 + 1e-12
    sides = (boxes[:, 2:] - boxes[:, :2]) * [shape[1], shape[0]]
    np.testing.assert_allclose(sides[:, 0], sides[:, 1])
    largest = min(shape) * (0.875 if kind == "ten_crop" else 1)
    assert sides.max() == pytest.approx(largest)
    assert boxes[:, :2].min(0).tolist() == [0, 0]
    assert boxes[:, 2:].max(0) == pytest.approx([1, 1])


def test_what_ten_crops_of_a_wide_image_show(predictor):
    """Its left end, its right end, and nothing beside it."""
    wide = np.zeros((64, 128, 3), np.uint8)
    wide[:, :62], wide[:, 66:] = 250, 120
    seen = [
        shown(pack_images([wide]), params, predictor.metadata.preprocessing)[0, 0]
        for params, mirrored in TestTime("ten_crop").views(pack_images([wide]), "pad")
        if not mirrored
    ]
    standard = predictor.metadata.preprocessing.standardize
    levels = [
        np.rint(255 * (x.numpy() * standard.std[0] + standard.mean[0])) for x in seen
    ]
    assert [set(np.unique(x)) for x in levels[:4]] == [{250}, {120}, {250}, {120}]
    assert {250, 120} < set(np.unique(levels[4]))


def test_crops_of_an_oblong_input_have_its_proportions():
    image = np.zeros((100, 300, 3), np.uint8)
    views = TestTime("ten_crop").views(pack_images([image]), "pad", (96, 160))
    for params, _ in views:
        x0, y0, x1, y1 = params.crop_boxes[0] * [300, 100, 300, 100]
        assert (x1 - x0) / (y1 - y0) == pytest.approx(160 / 96)
        assert y1 - y0 == pytest.approx(87.5)


@pytest.mark.parametrize("average", ["probability", "logits"])
def test_the_logits_of_every_view_are_divided_by_the_temperature(average):
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 3, (3, 4, 5))
    scaled = logits / 0.4
    if average == "logits":
        scaled = scaled.mean(0, keepdims=True)
    e = np.exp(scaled)
    expected = (e / e.sum(-1, keepdims=True)).mean(0)
    views = TestTime("flip", average=average)
    found = views.mean([torch.from_numpy(x).float() for x in logits], TASK, 0.4)
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-5)
