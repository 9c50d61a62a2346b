"""What defaults are chosen by is read off the data and the machine."""

import numpy as np
import torch

from trainwell.core.device import num_cores
from trainwell.data import load
from trainwell.runs.session._data_stats import data_stats


def test_numbers_of_arrays():
    images = np.random.default_rng(0).integers(0, 256, (80, 10, 14, 3), np.uint8)
    splits = load((images, np.arange(80) % 2))
    stats = data_stats(splits, torch.device("cpu"))
    assert stats.num_train == len(splits.train) < 80
    assert (stats.num_classes, stats.channels) == (2, 3)
    assert (stats.median_height, stats.median_width) == (10, 14)
    assert (stats.accelerator, stats.cores) == (False, num_cores())
