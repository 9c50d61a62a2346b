"""Datasets of torch and Hugging Face, by what they have: samples by index."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch
from PIL import Image
from torch.utils.data import Dataset, Subset, TensorDataset

from trainwell.core.errors import DataError
from trainwell.data import load

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (40, 9, 8, 3), dtype=np.uint8)
LABELS = np.arange(40) % 4
NAMES = ["ant", "bee", "cat", "dog"]


class Pairs(Dataset):
    """A dataset as people write it."""

    def __init__(self, images, labels=LABELS, classes=None):
        self.images, self.labels = images, labels
        if classes is not None:
            self.classes = classes

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        return self.images[index], self.labels[index]


class Rows:
    """What trainwell uses of a Hugging Face `Dataset`: rows by index, and features."""

    def __init__(self, images, labels=LABELS, names=NAMES):
        self.images, self.labels = images, labels
        self.features = {"image": object(), "label": SimpleNamespace(names=names)}
        self.column_names = list(self.features)

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        return {"image": self.images[index], "label": int(self.labels[index])}


def pixels_of(splits):
    """Return all images of all splits as a sorted set of bytes."""
    parts = [splits.train, splits.val, *([splits.test] if splits.test else [])]
    return sorted(p.sample(i)[0].tobytes() for p in parts for i in range(len(p)))


EXPECTED = sorted(image.tobytes() for image in IMAGES)


@pytest.mark.parametrize(
    "images",
    [
        IMAGES,
        [Image.fromarray(image) for image in IMAGES],
        torch.from_numpy(IMAGES).permute(0, 3, 1, 2),
        torch.from_numpy(IMAGES).permute(0, 3, 1, 2).float() / 255,
    ],
    ids=["arrays", "PIL", "uint8 tensors", "ToTensor"],
)
def test_the_pixels_of_a_torch_dataset_arrive(images):
    splits = load(Pairs(images, classes=NAMES))
    assert splits.classes == tuple(NAMES)
    assert pixels_of(splits) == EXPECTED


def test_it_is_the_same_as_the_arrays():
    ours, arrays = load(Pairs(IMAGES)), load((IMAGES, LABELS))
    assert ours.classes == arrays.classes == ("0", "1", "2", "3")
    assert ours.train.fingerprint == arrays.train.fingerprint


def test_a_tensor_dataset_and_class_names_below_a_subset():
    tensors = TensorDataset(
        torch.from_numpy(IMAGES).permute(0, 3, 1, 2), torch.from_numpy(LABELS)
    )
    assert pixels_of(load(tensors)) == EXPECTED
    half = Subset(Pairs(IMAGES, classes=NAMES), list(range(20)))
    assert load(half).classes == tuple(NAMES)


def test_labels_may_be_names():
    names = [NAMES[i] for i in LABELS]
    assert load(Pairs(IMAGES, names)).classes == tuple(NAMES)


def test_images_may_differ_in_size_and_mode():
    images = [Image.fromarray(x[: 5 + i % 3]) for i, x in enumerate(IMAGES)]
    images[3] = images[3].convert("L")
    splits = load(Pairs(images))
    assert splits.channels == 3
    assert splits.heights == (5, 6.0, 7)
    assert {splits.train.sample(i)[0].shape[0] for i in range(9)} <= {5, 6, 7}
    assert load(Pairs([x.convert("L") for x in images])).channels == 1


def test_a_hugging_face_dataset_and_a_dict_of_them():
    pictures = [Image.fromarray(image) for image in IMAGES]
    splits = load(Rows(pictures))
    assert splits.classes == tuple(NAMES)
    assert pixels_of(splits) == EXPECTED
    both = load(
        {
            "train": Rows(pictures[:30], LABELS[:30]),
            "validation": Rows(pictures[30:], LABELS[30:]),
        }
    )
    assert (len(both.train), len(both.val), both.test) == (30, 10, None)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (Pairs(torch.randn(40, 3, 9, 9)), r"the dataset\[0\]: float pixels must be in"),
        (Pairs(IMAGES.astype(np.int32)), r"\[0\]: pixels must be uint8, uint16 or floats"),
        (Pairs(IMAGES[:, 0, 0]), r"\[0\]: the image must be a PIL image, an array or"),
        (Pairs(IMAGES, LABELS / 2), r"\[0\]: the label must be a class index or"),
        (Pairs(IMAGES, LABELS, NAMES[:3]), r"\[3\]: the label must be in \[0, 2\]"),
        (TensorDataset(torch.zeros(40, 3, 9, 9)), r"\[0\] must be a pair .image, lab"),
        (3, "cannot read images from int; give a path, the name"),
    ],
)  # fmt: skip
def test_messages(source, message):
    with pytest.raises(DataError, match=message):
        load(source)


def test_a_row_without_a_label_is_said():
    rows = Rows(IMAGES)
    rows.__class__ = type("Other", (Rows,), {"__getitem__": lambda s, i: {"a": 1}})
    with pytest.raises(DataError, match="must have the columns image and label, got a"):
        load(rows)


def test_two_names_of_one_split():
    one = [(np.zeros((4, 4, 3), np.uint8), 0)]
    names = {"val": SimpleNamespace, "validation": SimpleNamespace}

    class Listed:
        def __len__(self):
            return 1

        def __getitem__(self, index):
            return one[index]

    with pytest.raises(DataError, match="has the split val twice; keep one"):
        load({name: Listed() for name in names})


def test_16_bits_are_stretched_by_one_level():
    from PIL import Image

    rng = np.random.default_rng(0)
    values = [rng.integers(0, 4000 // (1 + 3 * (i % 2)), (8, 8)) for i in range(40)]
    pairs = [
        (Image.fromarray(v.astype(np.uint16)), "a" if i % 2 else "b")
        for i, v in enumerate(values)
    ]

    class Pairs:
        def __len__(self):
            return len(pairs)

        def __getitem__(self, index):
            return pairs[index]

    splits = load(Pairs())
    assert splits.levels.white == 4095
    bright = [splits.train.sample(i)[0].max() for i in range(len(splits.train))]
    assert {
        b > 100 for b, t in zip(bright, splits.train.targets, strict=True) if t == 0
    } == {False}
    assert max(bright) > 240
