"""Numbers of data to choose by."""

import pytest

from trainwell.recipes import DataStats

USUAL = {
    "num_train": 5000,
    "num_classes": 10,
    "channels": 3,
    "median_height": 32,
    "median_width": 32,
    "imbalance": 1.0,
    "mirror": None,
    "accelerator": False,
    "cores": 2,
}
PHOTOGRAPHS = {
    "num_train": 1200,
    "median_height": 300,
    "median_width": 400,
    "weights": True,
}


@pytest.fixture(scope="session")
def facts():
    return lambda **changes: DataStats(**USUAL | changes)


@pytest.fixture(scope="session")
def photographs():
    return lambda **changes: DataStats(**USUAL | PHOTOGRAPHS | changes)
