"""Lines made by hand, on both sides of every limit."""

import pytest

from trainwell.diagnose import check_statistics

GOOD = {
    "ratio": 1e-3,
    "gradient_norm": 1.0,
    "dead": 0.1,
    "saturated": 0.1,
    "norm_gap": 0.2,
}


def names(change, where, count=11):
    lines = [dict(GOOD) for _ in range(count)]
    for i in where:
        lines[i] |= change
    return [finding.name for finding in check_statistics(lines)]


@pytest.mark.parametrize(
    ("change", "where", "said"),
    [
        ({}, [0], []),
        ({"ratio": 9e-7}, [5], ["updates too small"]),
        ({"ratio": 1.1e-6}, [5], []),
        ({"ratio": 9e-7}, [10], []),
        ({"ratio": 0.11}, [4], ["updates too large"]),
        ({"ratio": 0.09}, [4], []),
        ({"ratio": 0.5}, [0], []),
        ({"gradient_norm": 101.0}, [4], ["gradients explode"]),
        ({"gradient_norm": 99.0}, [4], []),
        ({"gradient_norm": 500.0}, [0], []),
        ({"dead": 0.51}, [10], ["units died"]),
        ({"dead": 0.49}, [10], []),
        ({"dead": 0.9}, [9], []),
        ({"saturated": 0.51}, [10], ["units saturated"]),
        ({"saturated": 0.49}, [10], []),
        ({"norm_gap": 1.01}, [10], ["norms lag"]),
        ({"norm_gap": 0.99}, [10], []),
    ],
)
def test_by_hand(change, where, said):
    assert names(change, where) == said


def test_two_lines_are_not_judged():
    assert names({"dead": 1.0}, [1], count=2) == []
    assert names({"dead": 1.0}, [2], count=3) == ["units died"]


def test_steps_whose_size_is_meant_are_not_too_large():
    lines = [GOOD | {"ratio": 0.2, "dead": 0.9}] * 5
    assert [f.name for f in check_statistics(lines, own_size=True)] == ["units died"]
