"""Where values lie on the pictures of tuning."""

import math

import pytest
from matplotlib.figure import Figure

from trainwell.report._tune_axes import ends, heights, scatter
from trainwell.tuning import Choices, Conditional, Range

SPACE = {
    "name": Choices(("sgd", "adamw", "none")),
    "lr": Conditional(
        ("name",), {("sgd",): Range(0.01, 1.0), ("adamw",): Range(1e-4, 1e-2)}
    ),
    "decay": Range(1e-5, 1e-2, beside=(0.0,)),
    "share": Range(0, 0.3, log=False),
}


def test_heights_are_shares_and_nothing_where_there_is_no_value():
    found = heights(SPACE, {"name": "adamw", "lr": 1e-3, "decay": 0.0, "share": 0.15})
    assert found == pytest.approx([0.5, 0.5, 1 / 12, 0.5])
    found = heights(SPACE, {"name": "none", "decay": 1e-2, "share": 0.3})
    assert math.isnan(found[1])
    assert found[2:] == pytest.approx([1, 1])


def test_ends():
    assert [ends(SPACE, name) for name in SPACE] == [
        ("sgd", "none"), ("0.0001", "1"), ("0", "0.01"), ("0", "0.3"),
    ]  # fmt: skip


def axes():
    return Figure().add_subplot()


def test_names_have_places_with_their_texts():
    on = axes()
    found = scatter(on, SPACE, "name", [(["none", "sgd"], [0.1, 0.2]), ([], [])])
    assert found == [[2, 0], []]
    assert [t.get_text() for t in on.get_xticklabels()] == ["sgd", "adamw", "none"]


def test_zero_has_a_place_left_of_a_log_range():
    on = axes()
    ((zero, other),) = scatter(on, SPACE, "decay", [([0.0, 1e-3], [0.1, 0.2])])
    assert on.get_xscale() == "log"
    assert on.get_xlim()[0] < zero < 1e-5 < other == 1e-3
    assert "0" in [t.get_text() for t in on.texts]


def test_numbers_lie_where_they_are():
    on = axes()
    assert scatter(on, SPACE, "share", [([0.1], [0.5])]) == [[0.1]]
    assert on.get_xscale() == "linear"
    assert scatter(axes(), SPACE, "lr", [([0.3], [0.5])]) == [[0.3]]
