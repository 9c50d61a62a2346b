"""A small real training: digits, a small net with dropout, keyed batches."""

from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pytest
import torch
from sklearn.datasets import load_digits
from torch import nn

from trainwell import losses as per_batch
from trainwell.augment.policies import PadCrop
from trainwell.data import array_dataset, open_store
from trainwell.optim import Muon
from trainwell.preprocess import Standardize
from trainwell.schedules import linear
from trainwell.training import (
    KeyedBatches,
    RenderSettings,
    TrainState,
    fit,
    start_average,
)

cross_entropy = partial(per_batch.cross_entropy, reduction="none")


@dataclass
class Setup:
    """Makes batches and states that are the same every time."""

    dataset: object
    store: object
    settings: RenderSettings
    options: dict = field(default_factory=dict)

    def batches(self, **changes):
        given = {
            "dataset": self.dataset,
            "store": self.store,
            "policy": PadCrop(size=8, pixels=1),
            "settings": self.settings,
            "batch_size": 32,
            "seed": 3,
        }
        return KeyedBatches(**given | changes)

    def state(self, total_steps=12, average=False):
        torch.manual_seed(0)
        model = nn.Sequential(
            nn.Conv2d(1, 8, 3, padding=1),
            nn.BatchNorm2d(8),
            nn.ReLU(),
            nn.Dropout(0.3),
            nn.Flatten(),
            nn.Linear(8 * 64, 10),
        )
        return TrainState(
            model=model,
            optimizer=Muon(model, 0.05),
            total_steps=total_steps,
            average=start_average(model) if average else None,
        )

    def fit(self, state, hooks=(), **kwargs):
        kwargs = {"schedule": linear(), "hooks": hooks} | kwargs
        return fit(
            state, kwargs.pop("batches", self.batches()), cross_entropy, **kwargs
        )


@pytest.fixture(scope="session")
def setup():
    digits = load_digits()
    images = (digits.images * 15.9).astype(np.uint8)[:200, :, :, None]
    classes = [str(digit) for digit in range(10)]
    dataset = array_dataset(images, digits.target[:200], classes)
    store = open_store(dataset, short_side=None, memory_limit=10**9, threads=1)
    settings = RenderSettings(
        size=8,
        fit="pad",
        border="reflect",
        standardize=Standardize((0.3,), (0.3,)),
        device=torch.device("cpu"),
    )
    return Setup(dataset, store, settings)
