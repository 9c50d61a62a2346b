import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import array_dataset


def test_attributes(picture):
    images = np.stack([picture(i) for i in range(4)])
    data = array_dataset(images, np.array([0, 1, 1, 0], np.int8), ["a", "b"])
    assert data.names == ("image[0]", "image[1]", "image[2]", "image[3]")
    assert data.targets.dtype == np.int64
    assert np.shares_memory(data.sample(2)[0], images)
    assert len(set(data.keys.tolist())) == 4
    other = array_dataset(images, np.array([0, 1, 1, 1]), ["a", "b"])
    assert other.fingerprint != data.fingerprint
    assert other.keys.tolist() == data.keys.tolist()


@pytest.mark.parametrize(
    ("targets", "message"),
    [([0, 1], "4 images need as many targets"), ([0, 1, 2, 0], "got 0 to 2")],
)
def test_targets_are_checked(targets, message, picture):
    images = np.stack([picture(i) for i in range(4)])
    with pytest.raises(DataError, match=message):
        array_dataset(images, np.array(targets), ["a", "b"])
