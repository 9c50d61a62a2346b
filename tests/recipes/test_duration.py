"""Wall times by hand."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.recipes import seconds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40s", 40),
        ("10m", 600),
        ("1h30m", 5400),
        ("1h30m5s", 5405),
        ("90", 90),
        ("1.5m", 90),
        (" 2 H ", 7200),
        ("0.5", 0.5),
    ],
)
def test_times(text, expected):
    assert seconds(text) == expected


@pytest.mark.parametrize(
    "text", ["", "m", "1h 30", "-3s", "1d", "0", "0s", "nan", "inf", "1h30", "10mm"]
)
def test_rubbish(text):
    with pytest.raises(RecipeError, match=r"`train.time` must be a time such as 40s"):
        seconds(text)
