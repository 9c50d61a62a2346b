"""Draws for many samples."""

import importlib

import numpy as np
import pytest

from trainwell.augment.policies import SamplingContext


@pytest.fixture
def context():
    def make(n=4000, *, epoch=0, size=32, seed=0, first=0, epochs=None, output=1):
        sides = np.full(n, size, np.int32)
        keys = np.arange(first, first + n, dtype=np.uint64)
        return SamplingContext(seed, epoch, keys, sides, sides, epochs, output)

    return make


@pytest.fixture
def even():
    """Tell whether counts fit equal chances, within five standard deviations."""

    def check(counts, expected):
        return (np.abs(counts - expected) < 5 * np.sqrt(expected)).all()

    return check


@pytest.fixture
def torchvision_autoaugment(torchvision):
    """The policies of torchvision."""
    return importlib.import_module("torchvision.transforms.autoaugment")
