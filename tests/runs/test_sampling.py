"""Fewer images keep the classes in proportion."""

import numpy as np

from trainwell import data
from trainwell.runs._sampling import spread_over_classes


def test_fewer_images_keep_every_class(small):
    train = data.load(small.SOURCE).train
    rows = spread_over_classes(train, 60, 0)
    assert len(set(rows)) == 60
    share = np.bincount(train.targets[rows]) / 60
    whole = np.bincount(train.targets) / len(train)
    assert np.abs(share - whole).max() < 1.5 / 60
    np.testing.assert_array_equal(
        spread_over_classes(train, len(train), 0), np.arange(len(train))
    )
