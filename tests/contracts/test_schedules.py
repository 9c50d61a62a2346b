"""What every schedule must do: finite, not negative, pure, and joinable with others."""

import inspect
import itertools
import math

import pytest

from trainwell import schedules

RETURNING = {
    name: f
    for name, f in vars(schedules).items()
    if inspect.isfunction(f)
    and inspect.signature(f).return_annotation == schedules.Schedule
}


def _needed(f):
    parameters = inspect.signature(f).parameters.values()
    return [p.name for p in parameters if p.default is p.empty]


BUILDERS = {name: f for name, f in RETURNING.items() if not _needed(f)}
WRAPPERS = {name: f for name, f in RETURNING.items() if "schedule" in _needed(f)}
POINTS = [0.0, *(i / 97 for i in range(1, 97)), 1.0]


def wrapped(wrapper, schedule):
    others = {name: 0.3 for name in _needed(wrapper)} | {"schedule": schedule}
    return wrapper(**others)


def sound(schedule):
    values = [schedule(p) for p in POINTS]
    assert all(isinstance(v, float) and math.isfinite(v) and v >= 0 for v in values)
    assert max(values) <= 1
    assert values == [schedule(p) for p in reversed(POINTS)][::-1]


def test_all_are_found():
    assert len(BUILDERS) >= 11
    assert len(WRAPPERS) >= 2


@pytest.mark.parametrize("name", BUILDERS)
def test_finite_not_negative_at_most_one_and_pure(name):
    sound(BUILDERS[name]())
    assert [BUILDERS[name]()(p) for p in POINTS] == [
        BUILDERS[name]()(p) for p in POINTS
    ]


@pytest.mark.parametrize("name", BUILDERS)
def test_some_rate_is_reached(name):
    assert max(BUILDERS[name]()(i / 1000) for i in range(1001)) > 0.99


@pytest.mark.parametrize(("wrapper", "name"), [*itertools.product(WRAPPERS, BUILDERS)])
def test_every_wrapper_takes_every_schedule(wrapper, name):
    schedule = wrapped(WRAPPERS[wrapper], BUILDERS[name]())
    sound(schedule)
    assert schedule(1.0) == pytest.approx(BUILDERS[name]()(1.0))


@pytest.mark.parametrize(("first", "second"), [*itertools.product(BUILDERS, BUILDERS)])
def test_every_pair_joins(first, second):
    schedule = schedules.join([BUILDERS[first](), BUILDERS[second]()], [0.4])
    sound(schedule)
    assert schedule(0.0) == BUILDERS[first]()(0.0)
    assert schedule(0.4) == BUILDERS[second]()(0.0)
    assert schedule(1.0) == BUILDERS[second]()(1.0)


def test_a_schedule_shows_how_it_was_built():
    assert repr(schedules.cosine()) == "cosine(final=0.0)"
    assert repr(schedules.step([0.5])) == "step(boundaries=[0.5], factor=0.1)"
    warm = schedules.warmup(schedules.linear(0.1), 0.2)
    assert repr(warm) == "warmup(schedule=linear(final=0.1), share=0.2, start=0.01)"
