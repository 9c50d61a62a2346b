"""What computes the pixels, and that it does not matter which."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from trainwell.augment.policies import Compose, Cutout, PadCrop, RandAugment
from trainwell.core.errors import RecipeError
from trainwell.data import StreamingStore
from trainwell.training import plain_batches
from trainwell.training._render_settings import chosen_backend

CUDA = torch.device("cuda")
POLICY = Compose(PadCrop(size=8, pixels=2, flip=True), (RandAugment(), Cutout(0.25)))


@pytest.mark.parametrize("memory_format", ["contiguous", "channels_last"])
@pytest.mark.parametrize("resident", [True, False])
def test_batches_are_the_same_whichever_back_end(setup, memory_format, resident):
    store = setup.store if resident else StreamingStore(setup.dataset, None, 1)
    batches = replace(setup.batches(), policy=POLICY, store=store)
    both = [
        replace(setup.settings, backend=b, memory_format=memory_format)
        for b in ("numba", "torch")
    ]
    numba, tensors = (
        replace(batches, settings=settings).stream(4, 8) for settings in both
    )
    for ours, theirs in zip(tensors, numba, strict=True):
        assert torch.equal(ours.images, theirs.images)
        assert ours.images.stride() == theirs.images.stride()
        assert torch.equal(ours.targets, theirs.targets)
        assert torch.equal(ours.indices, theirs.indices)
    numba, tensors = (
        plain_batches(setup.dataset, store, settings, batch_size=90)
        for settings in both
    )
    for ours, theirs in zip(tensors, numba, strict=True):
        assert torch.equal(ours.images, theirs.images)


def test_pixels_of_a_resident_store_are_used_where_they_are(setup, monkeypatch):
    settings = replace(setup.settings, backend="torch")
    batches = replace(setup.batches(), settings=settings)
    there = setup.store.on(settings.device)
    monkeypatch.setattr(
        setup.store, "on", lambda device: replace(there, buffer=0 * there.buffer)
    )
    black = batches.batch(np.arange(3), 0).images
    assert (black == black[0, 0, 0, 0]).all()


@pytest.mark.parametrize(("memory", "expected"), [(12_800, "numba"), (51_200, "torch")])
def test_auto_takes_the_gpu_that_the_images_fit(setup, monkeypatch, memory, expected):
    assert setup.store.pack.buffer.nbytes == 12_800
    monkeypatch.setattr(
        torch.cuda,
        "get_device_properties",
        lambda device: SimpleNamespace(total_memory=memory),
    )
    assert chosen_backend(replace(setup.settings, device=CUDA), setup.store) == expected


def test_auto_elsewhere(setup):
    stream = StreamingStore(setup.dataset, None, 1)
    assert chosen_backend(setup.settings, setup.store) == "numba"
    assert chosen_backend(replace(setup.settings, device=CUDA), stream) == "numba"
    mps = replace(setup.settings, device=torch.device("mps"))
    assert chosen_backend(mps, setup.store) == "numba"
    asked = replace(setup.settings, backend="torch")
    assert chosen_backend(asked, stream) == "torch"


def test_messages(setup):
    with pytest.raises(RecipeError, match="backend=torch needs float64, which mps la"):
        replace(setup.settings, backend="torch", device=torch.device("mps"))
    with pytest.raises(ValueError, match="`backend` must be one of auto, numba, torch"):
        replace(setup.settings, backend="jax")
