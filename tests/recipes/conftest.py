"""Numbers of data to choose by."""

import pytest

from trainwell.recipes import DataStats


@pytest.fixture(scope="session")
def facts():
    def make(**changes):
        usual = {
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
        return DataStats(**usual | changes)

    return make
