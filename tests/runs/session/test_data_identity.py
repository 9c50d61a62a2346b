"""Whether two runs have the same images, split by split."""

import pytest

from trainwell.core.errors import RunError
from trainwell.runs.session._data_identity import (
    differing_split,
    fingerprints,
    refuse_other_data,
)


def origin(train="a", val="b", test=None):
    digests = {"train": train, "val": val, "test": test}
    return {"fingerprint": train, "fingerprints": digests}


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (origin(), None),
        (origin(train="x", val="x"), "training"),
        (origin(val="x"), "validation"),
        (origin(test="x"), "test"),
        ({"fingerprint": "a"}, None),
        ({"fingerprint": "x"}, "training"),
    ],
)
def test_which_images_differ(other, expected):
    assert differing_split(origin(), other) == expected
    assert differing_split(other, origin()) == expected


@pytest.mark.parametrize("other", [{}, [], "a", {"fingerprint": 3}])
def test_what_is_no_origin(other):
    with pytest.raises(RunError, match="it is not the origin of a run"):
        differing_split(origin(), other)


def test_a_split_that_changed_is_named(opened):
    splits = opened().splits
    digests = fingerprints(splits)
    began = {"fingerprint": digests["train"], "fingerprints": digests}
    refuse_other_data("run", began, splits, "photos")
    began["fingerprints"] = {**digests, "test": None}
    message = "the test images of photos, or their labels, are not those that run began"
    with pytest.raises(RunError, match=message):
        refuse_other_data("run", began, splits, "photos")
