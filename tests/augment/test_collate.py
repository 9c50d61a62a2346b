"""Augmentation in a plain DataLoader."""

import pickle

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader, Dataset

from trainwell.augment import Collate, augment
from trainwell.augment.policies import Compose, PadCrop, RandAugment
from trainwell.preprocess import Standardize

POLICY = Compose(PadCrop(size=10, pixels=2, flip=True), (RandAugment(),))
STATISTICS = Standardize((0.4, 0.5, 0.6), (0.2, 0.3, 0.25))
IMAGES = np.random.default_rng(0).integers(0, 256, (7, 10, 10, 3), dtype=np.uint8)


class Indexed(Dataset):
    def __len__(self):
        return len(IMAGES)

    def __getitem__(self, index):
        return torch.from_numpy(IMAGES[index]), index % 3, index


class Bare(Indexed):
    def __getitem__(self, index):
        return super().__getitem__(index)[:2]


def collected(loader):
    images, targets = zip(*loader, strict=True)
    return torch.cat(images), torch.cat(targets)


@pytest.mark.parametrize("workers", [0, 2])
def test_every_epoch_is_what_augment_shows(workers):
    collate = Collate(POLICY, seed=3, standardize=STATISTICS)
    loader = DataLoader(
        Indexed(),
        batch_size=3,
        collate_fn=collate,
        num_workers=workers,
        persistent_workers=workers > 0,
    )
    for epoch in (0, 1, 5):
        collate.set_epoch(epoch)
        images, targets = collected(loader)
        expected = augment(IMAGES, POLICY, key=3, epoch=epoch, standardize=STATISTICS)
        assert torch.equal(images, expected)
        assert targets.tolist() == [i % 3 for i in range(7)]


def test_without_an_index_the_content_is_the_key():
    collate = Collate(POLICY, size=8)
    one, _ = collected(DataLoader(Bare(), batch_size=7, collate_fn=collate))
    order = [5, 1, 6]
    other, _ = collate([Bare()[i] for i in order])
    assert torch.equal(other, one[order])
    assert (
        len({params.numpy().tobytes() for params in collate([Bare()[0]] * 2)[0]}) == 1
    )


def test_it_can_be_pickled():
    collate = Collate(POLICY, seed=3)
    collate.set_epoch(4)
    samples = [Indexed()[0]]
    again = pickle.loads(pickle.dumps(collate))  # noqa: S301
    assert torch.equal(again(samples)[0], collate(samples)[0])


def test_messages():
    collate = Collate(POLICY)
    with pytest.raises(
        ValueError, match=r"\(image, target\) or \(image, target, index\)"
    ):
        collate([(IMAGES[0],)])
    with pytest.raises(ValueError, match="channels last"):
        collate([(IMAGES[0].transpose(2, 0, 1), 0)])
    with pytest.raises(ValueError, match="`epoch` must be in"):
        collate.set_epoch(-1)
