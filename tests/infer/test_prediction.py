"""A prediction made by hand."""

import numpy as np
import pytest

from trainwell.infer import Prediction
from trainwell.infer._prediction import prediction_of

P = np.array([0.2, 0.5, 0.2, 0.1], np.float32)
MADE = Prediction("a.png", "bee", 0.5, P, ("ant", "bee", "cat", "dog"))


def test_the_most_probable_come_first_and_equals_in_order():
    assert [name for name, _ in MADE.top(4)] == ["bee", "ant", "cat", "dog"]
    assert MADE.top(1) == [("bee", 0.5)]
    assert len(MADE.top(9)) == 4


def test_it_shows_its_name_its_class_and_the_probability():
    assert repr(MADE) == "Prediction('a.png', 'bee', 0.5000)"


def test_files_keep_their_names():
    row = np.array([0.25, 0.75], np.float32)
    file = prediction_of("a.png", 3, row, ("cat", "dog"))
    assert (file.name, file.label, file.probability) == ("a.png", "dog", 0.75)
    assert prediction_of(b"", 3, row, ("cat", "dog")).name == "image 3"


@pytest.mark.parametrize("count", [0, -1, 1.5, "x"])
def test_top_of_no_number(count):
    from trainwell.core.errors import ArgumentError

    row = np.array([0.2, 0.8], np.float32)
    with pytest.raises(ArgumentError, match="`top` must be a whole number > 0"):
        Prediction("a", "b", 0.8, row, ("a", "b")).top(count)
