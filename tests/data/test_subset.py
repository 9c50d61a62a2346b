import numpy as np

from trainwell.data import array_dataset, subset
from trainwell.data._subset import Subset


def test_a_subset_follows_its_indices(picture):
    images = np.stack([picture(i) for i in range(8)])
    data = array_dataset(images, np.arange(8) % 3, ("a", "b", "c"), name="x")
    part = subset(data, [6, 1, 1])
    assert len(part) == 3
    assert part.targets.tolist() == [0, 1, 1]
    assert part.names == ("x[6]", "x[1]", "x[1]")
    assert part.keys.tolist() == data.keys[[6, 1, 1]].tolist()
    assert part.sizes.tolist() == [[24, 20]] * 3
    assert part.classes == data.classes
    image, target = part.sample(0)
    np.testing.assert_array_equal(image, images[6])
    assert target == 0
    assert part.sample(2, 10)[0].shape == (12, 10, 3)


def test_a_subset_of_a_subset_is_flat(picture):
    images = np.stack([picture(i) for i in range(8)])
    data = array_dataset(images, np.arange(8) % 3, ("a", "b", "c"))
    inner = subset(subset(data, [7, 5, 3]), np.array([2, 0]))
    assert isinstance(inner, Subset)
    assert inner.dataset is data
    assert inner.indices.tolist() == [3, 7]
    assert inner.fingerprint == subset(data, [3, 7]).fingerprint
    assert inner.fingerprint != subset(data, [7, 3]).fingerprint
