"""The time that a run may take to look inside."""

from types import SimpleNamespace

import pytest

from trainwell.runs.training._inside_room import Room, reserved, room_of


def room(limit, seconds, before=2.0, spent=1.0):
    train = SimpleNamespace(time=limit)
    setup = SimpleNamespace(seconds=before, recipe=SimpleNamespace(train=train))
    return room_of(setup, SimpleNamespace(seconds=seconds), spent)


@pytest.mark.parametrize(
    ("limit", "seconds", "fits", "too_long"),
    [
        (None, 7.0, 1.1, 1.3),  # a second and a fiftieth of ten
        (None, 5000.0, 9.9, 10.1),
        ("60s", 50.0, 1.9, 2.1),  # its share, which the limit leaves
        ("60s", 54.5, 0.4, 0.6),  # 60 - 57.5 - 2
        ("60s", 57.0, -2.1, -1.9),
    ],
)
def test_a_share_of_the_run_within_its_limit(limit, seconds, fits, too_long):
    found = room(limit, seconds)
    assert found.fits(fits)
    assert not found.fits(too_long)


def test_what_a_limit_keeps_for_it():
    assert [reserved(limit) for limit in (10, 60, 3600)] == [0.2, 1.2, 10.0]


def test_time_passes():
    assert not Room(0).fits()
