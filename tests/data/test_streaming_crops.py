"""What is streamed looks like what is held in memory."""

import numpy as np
import pytest
import torch
from PIL import Image
from sklearn.datasets import load_sample_images

from trainwell.augment.policies import (
    ColorJitter,
    Compose,
    PadCrop,
    RandomResizedCrop,
)
from trainwell.data import load, open_store
from trainwell.preprocess import Standardize
from trainwell.training import KeyedBatches, RenderSettings

HALF = Standardize((0.5, 0.5, 0.5), (0.25, 0.25, 0.25))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    for i in range(12):
        photo = Image.fromarray(load_sample_images().images[i % 2]).rotate(3 * i)
        path = folder / f"class{i % 2}" / f"{i}.{'png' if i % 3 else 'jpg'}"
        path.parent.mkdir(exist_ok=True)
        photo.resize((200 + 10 * i, 190)).save(path)
    return load(folder).train


def batches(dataset, policy, memory, short_side, threads=2, size=64):
    store = open_store(
        dataset, short_side=short_side, memory_limit=memory, threads=threads
    )
    settings = RenderSettings(
        size=size,
        fit="pad",
        border="mean",
        standardize=HALF,
        device=torch.device("cpu"),
        threads=threads,
    )
    return KeyedBatches(
        dataset=dataset,
        store=store,
        policy=policy,
        settings=settings,
        batch_size=6,
        seed=3,
    )


POLICIES = [
    Compose(RandomResizedCrop(0.3, flip=True), (ColorJitter(),)),
    PadCrop(64, 8, flip=True),
]


@pytest.mark.parametrize("size", [120, (120, 180), (180, 110)])
@pytest.mark.parametrize("policy", POLICIES, ids=["resized_crop", "pad_crop"])
def test_images_that_are_not_reduced_are_shown_alike(dataset, policy, size):
    held = batches(dataset, policy, 10**9, None, size=size).batch(np.arange(6), 1)
    read = batches(dataset, policy, 0, None, size=size).batch(np.arange(6), 1)
    assert torch.equal(held.images, read.images)
    assert torch.equal(held.targets, read.targets)
    assert torch.equal(held.indices, read.indices)


@pytest.mark.parametrize("policy", POLICIES, ids=["resized_crop", "pad_crop"])
def test_the_number_of_threads_does_not_matter(dataset, policy):
    one = batches(dataset, policy, 0, 96, threads=1).batch(np.arange(6), 1)
    three = batches(dataset, policy, 0, 96, threads=3).batch(np.arange(6), 1)
    assert torch.equal(one.images, three.images)


def test_windows_are_those_of_the_reduced_image(dataset):
    policy = POLICIES[0]
    held = batches(dataset, policy, 10**9, 96).batch(np.arange(6), 1)
    read = batches(dataset, policy, 0, 96).batch(np.arange(6), 1)
    levels = (held.images - read.images).abs() * 0.25 * 255
    assert levels.mean() < 6, "one interpolation instead of two"


def test_sizes_are_those_that_are_handed_out(dataset):
    indices = np.array([4, 0, 5])
    for memory in (0, 10**9):
        store = open_store(dataset, short_side=96, memory_limit=memory, threads=1)
        pack, rows = store.fetch(indices)
        sizes = np.stack([pack.heights[rows], pack.widths[rows]], axis=1)
        assert np.array_equal(store.sizes(indices), sizes)
