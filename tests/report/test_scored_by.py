"""The metric of a score, and how it is shown."""

import math

import pytest

from trainwell.report import ScoredBy


@pytest.mark.parametrize(
    ("name", "lower", "score", "text"),
    [
        ("accuracy", False, 0.9126, "0.913"),
        ("accuracy", False, 0.0, "0.000"),
        ("mae", True, -0.25, "0.250"),
        ("rmse", True, -12345.0, "1.2e4"),
        ("nme", True, -0.00123, "0.00123"),
        ("r2", False, -0.5, "-0.500"),
        ("mae", True, -math.inf, "–"),
    ],
)
def test_errors_are_shown_as_they_are_and_failures_as_a_dash(name, lower, score, text):
    assert ScoredBy(name, lower).text(score) == text


def test_its_name_is_spoken():
    assert ScoredBy("mae").spoken == "mean error"
