import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import Reading, load, load_labelled

NAMES = ("cat", "dog", "ship", "truck")


def pairs(count=80):
    images = np.random.default_rng(0).integers(0, 256, (count, 8, 8), np.uint8)
    return images, np.array(NAMES * (count // 4))


def test_classes_are_left_out_and_merged():
    reading = Reading(classes=("pets", "ship"), merge={"pets": ("cat", "dog")})
    splits = load(pairs(), reading=reading)
    assert splits.classes == ("pets", "ship")
    assert sum(map(len, (splits.train, splits.val, splits.test))) == 60
    assert "Left out by data.classes: truck (20 images)." in splits.audit.notes
    again = load_labelled(pairs(), splits.classes, reading=reading.relaxed())
    assert np.bincount(again.targets).tolist() == [40, 20]


def test_the_order_that_a_source_states_is_kept():
    splits = load("digits", reading=Reading(classes=("9", "1", "3")))
    assert splits.classes == ("1", "3", "9")


@pytest.mark.parametrize(
    ("reading", "message"),
    [
        (Reading(classes=("cat", "dgo")), "`data.classes` names 'dgo'.* mean `dog`"),
        (Reading(merge={"a": ("cow",)}), "`data.merge` names 'cow', which is no class"),
        (Reading(classes=("cat",)), "only the class 'cat' to train on"),
    ],
)
def test_messages(reading, message):
    with pytest.raises(DataError, match=message):
        load(pairs(), reading=reading)
