"""Extra: behind the training images alone, by name of class, checked like all others."""

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import load
from trainwell.data.synthetic import shapes

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (60, 9, 9, 3)).astype(np.uint8)
LABELS = np.array(["square", "disc", "star"] * 20)
EXTRA = "synthetic:shapes,count=18,size=12"


@pytest.fixture
def partial():
    """Eighteen more images, of two of the three classes, named in another order."""
    images = RNG.integers(0, 256, (18, 11, 7, 3)).astype(np.uint8)
    return images, np.array(["star", "disc"] * 9)


def test_only_training_grows(partial):
    plain, more = load((IMAGES, LABELS)), load((IMAGES, LABELS), extra=partial)
    assert len(more.train) == len(plain.train) + 18
    for split in ("val", "test"):
        a, b = getattr(plain, split), getattr(more, split)
        assert a.fingerprint == b.fingerprint
        assert a.names == b.names
    assert more.train.names[: len(plain.train)] == plain.train.names
    assert more.train.names[-1] == "extra/all[17]"
    assert more.audit.counts["train"]["star"] == plain.audit.counts["train"]["star"] + 9
    assert more.widths.low == 7


def test_classes_are_matched_by_name(partial):
    more = load((IMAGES, LABELS), extra=partial)
    assert more.classes == ("disc", "square", "star")
    np.testing.assert_array_equal(more.train.targets[-18:], [2, 0] * 9)
    image, target = more.train.sample(len(more.train) - 1)
    np.testing.assert_array_equal(image, partial[0][17])
    assert target == 0


def test_unknown_classes_are_an_error():
    with pytest.raises(DataError) as raised:
        load((IMAGES, LABELS), extra=EXTRA)
    assert "(data.extra) has a class that is not among" in str(raised.value)
    assert "'cross'" in str(raised.value)


def test_of_a_source_with_splits_only_training_is_taken(class_folders):
    folder = class_folders("train/disc", "train/star", "val/disc", "test/star", count=5)
    plain, more = load((IMAGES, LABELS)), load((IMAGES, LABELS), extra=folder)
    assert len(more.train) == len(plain.train) + 10
    assert all(n.startswith("extra/train/") for n in more.train.names[-10:])
    assert len(more.val) == len(plain.val)


def test_a_source_without_training_images_is_refused(partial):
    with pytest.raises(DataError, match=r"\(data.extra\) has no training images"):
        load((IMAGES, LABELS), extra={"val": partial})


def test_extra_images_take_the_channels_of_the_first(partial):
    grey = load((IMAGES[..., 0], LABELS), extra=partial)
    assert (
        grey.train.channels == grey.train.sample(len(grey.train) - 1)[0].shape[2] == 1
    )


def test_copies_of_test_images_are_reported():
    plain = load((IMAGES, LABELS))
    stolen = np.stack([plain.test.sample(i)[0] for i in range(2)])
    labels = [plain.classes[t] for t in plain.test.targets[:2]]
    more = load((IMAGES, LABELS), extra=(stolen, np.array(labels)))
    assert plain.audit.exact_duplicates.count == 0
    assert more.audit.exact_duplicates.count == 2


def test_bad_extra_images_are_listed(class_folders):
    folder = class_folders("disc", "star", count=3)
    (folder / "disc" / "0.png").write_bytes(b"broken")
    with pytest.raises(DataError, match="cannot use"):
        load((IMAGES, LABELS), extra=folder)
    more = load((IMAGES, LABELS), extra=folder, bad_images="skip")
    assert len(more.audit.bad_images) == 1
    assert len(more.train) == len(load((IMAGES, LABELS)).train) + 5


def test_drawn_images_of_the_same_classes():
    more = load("synthetic:shapes,count=60,size=12", extra=EXTRA + ",seed=9")
    made = shapes(18, size=12, seed=9)
    np.testing.assert_array_equal(more.train.targets[-18:], made.targets)
