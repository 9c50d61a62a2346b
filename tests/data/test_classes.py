import unicodedata

import pytest

from trainwell.core.errors import DataError
from trainwell.data._classes import class_name, class_order, match_classes, natural_key


def test_natural_order():
    names = ["img10", "img2", "Img1", "b", "10", "9", "img02", "a1b10", "a1b9", "١"]
    assert sorted(names[:9], key=natural_key) == [
        "9", "10", "a1b9", "a1b10", "b", "Img1", "img02", "img2", "img10",
    ]  # fmt: skip
    assert class_order(["10", "2", "2", "1"]) == ("1", "2", "10")
    assert natural_key("١") == natural_key("١")


def test_matching_is_by_name_and_never_shifts():
    classes = ("ant", "bee", "cat")
    assert match_classes(["cat", "ant"], classes, "val").tolist() == [2, 0]


def test_unknown_classes_are_listed():
    with pytest.raises(DataError) as caught:
        match_classes(["dog", "ant", "ants", "dog"], ("ant", "bee"), "photos, val")
    message = str(caught.value)
    assert message.startswith("photos, val has a class that is not among the 2 classes")
    assert "'ants', 'dog'" in message
    assert "Did you mean `ant`?" in message


def test_many_unknown_classes_are_cut_short():
    labels = [f"x{i}" for i in range(9)]
    with pytest.raises(DataError, match=r"'x0', .*'x4' and 4 more"):
        match_classes(labels, ("a",), "val")


def test_accents_are_compared_composed():
    assert class_name(unicodedata.normalize("NFD", "café ")) == "café"
    assert class_name(7) == "7"
