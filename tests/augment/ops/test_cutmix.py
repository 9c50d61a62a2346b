"""Cutmix: the rectangle by hand, the exact area, and distributions."""

import pytest
import torch

from trainwell.augment.ops import cutmix

IMAGES = torch.arange(3.0).view(3, 1, 1, 1).expand(3, 2, 4, 10).contiguous()
PARTNER = torch.tensor([1, 2, 0])
LABELS = torch.tensor([0, 1, 2])


def test_by_hand():
    box = torch.tensor([0.2, 0.5, 0.6, 1.0])
    mixed, targets = cutmix(IMAGES, LABELS, partner=PARTNER, box=box, num_classes=3)
    expected = IMAGES.clone()
    expected[:, :, 2:4, 2:6] = IMAGES[PARTNER][:, :, 2:4, 2:6]
    torch.testing.assert_close(mixed, expected)
    assert targets[0].tolist() == pytest.approx([0.8, 0.2, 0])  # 8 of 40 pixels
    assert targets[2].tolist() == pytest.approx([0.2, 0, 0.8])


def test_the_target_is_the_share_of_pixels():
    box = torch.rand(200, 4, generator=torch.Generator().manual_seed(0)) * 2 - 0.5
    images = torch.zeros(200, 1, 7, 9)
    images[::2] = 1
    labels, partner = images[:, 0, 0, 0].long(), torch.arange(200).roll(1)
    mixed, targets = cutmix(images, labels, partner=partner, box=box, num_classes=2)
    torch.testing.assert_close(targets[:, 1], mixed.mean((1, 2, 3)))
    assert len(set(targets[:, 1].tolist())) > 20


def test_all_and_nothing():
    soft = torch.rand(3, 5).softmax(1)
    for box, rows in (((-1.0, -1, 2, 2), PARTNER), ((0.5, 0, 0.5, 1), slice(None))):
        options = {"partner": PARTNER, "box": torch.tensor(box), "num_classes": 5}
        mixed, targets = cutmix(IMAGES, soft, **options)
        torch.testing.assert_close(mixed, IMAGES[rows])
        torch.testing.assert_close(targets, soft[rows])


def test_8_bit_images_stay_so():
    box = torch.tensor([0, 0, 0.5, 1])
    pixel_values = IMAGES.to(torch.uint8)
    mixed, _ = cutmix(pixel_values, LABELS, partner=PARTNER, box=box, num_classes=3)
    assert mixed.dtype == torch.uint8


def test_edges_are_rounded_to_whole_pixels():
    box = torch.tensor([0.16, 0.4, 0.74, 0.9])  # 1.6 to 7.4 of 10, 1.6 to 3.6 of 4
    mixed, targets = cutmix(IMAGES, LABELS, partner=PARTNER, box=box, num_classes=3)
    pasted = (mixed != IMAGES)[0, 0]
    assert pasted.any(0).nonzero().flatten().tolist() == [2, 3, 4, 5, 6]
    assert pasted.any(1).nonzero().flatten().tolist() == [2, 3]
    assert targets[0].tolist() == pytest.approx([0.75, 0.25, 0])
