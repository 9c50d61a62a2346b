import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data._arrays import read_arrays


def _images(count=4, *shape):
    return np.zeros((count, *(shape or (5, 6))), np.uint8)


def test_pairs_and_mappings():
    flat = read_arrays((_images(), [3, 1, 1, 3]))
    assert flat.splits["all"].images.shape == (4, 5, 6, 1)
    assert flat.splits["all"].labels == ["3", "1", "1", "3"]
    split = read_arrays({"train": (_images(), list("abab")), "valid":
                         (_images(1), ["b"])})  # fmt: skip
    assert list(split.splits) == ["train", "val"]


def test_integer_targets_index_the_classes():
    source = read_arrays(
        (_images(3), np.array([[2], [0], [2]])), classes=["z", "y", "x"]
    )
    assert source.splits["all"].labels == ["x", "z", "x"]
    assert source.classes == ("z", "y", "x")


@pytest.mark.parametrize(
    ("source", "classes", "message"),
    [
        ((_images().astype(np.float32), [0] * 4), None, "must be uint8 .* float32"),
        ((_images(4, 5), [0] * 4), None, r"must have the shape .* got \(4, 5\)"),
        ((_images(4, 3, 32, 32), [0] * 4), None, r"channels-first; .*transpose"),
        ((_images(4, 0, 3), [0] * 4), None, "must have the shape"),
        ((_images(), [0] * 5), None, r"4 images need as many targets, .* \(5,\)"),
        ((_images(), np.eye(4)), None, r"need as many targets, .* \(4, 4\)"),
        ((_images(), [0.5] * 4), None, "integers or text, got float64"),
        ((_images(), [0, 1, 2, 3]), ["a", "b"], r"in \[0, 1\] .* got 0 to 3"),
        ((_images(), [0, -1, 0, 0]), ["a", "b"], "got -1 to 0"),
        ((_images(), [0] * 4), ["a", "a"], "two classes have the same name"),
        ({"train": (_images(),)}, None, r"give a pair \(images, targets\)"),
        ({"dev": (_images(), [0] * 4)}, None, "split must be train, val or test"),
        ({"val": (_images(), [0] * 4), "valid": ([], [])}, None, "val twice"),
        ({}, None, "has no images"),
    ],
)
def test_what_is_wrong_is_said(source, classes, message):
    with pytest.raises(DataError, match=message):
        read_arrays(source, classes=classes)
