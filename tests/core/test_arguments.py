"""Arguments are refused in one line that names them."""

import inspect
from pathlib import Path

import pytest

from trainwell.core.arguments import COUNT, FLAG, PATH, TEXT, Rule, checked, is_a
from trainwell.core.errors import ArgumentError


@checked({"overrides": TEXT, "top": COUNT, "out": PATH, "resume": FLAG})
def function(
    source: str,
    *overrides: str,
    top: int | None = None,
    out: str | None = None,
    resume: bool = False,
) -> tuple[object, ...]:
    """Do something."""
    return source, overrides, top, out, resume


def test_what_fits_is_passed_on():
    found = function("a", "b", top=3, out=Path("c"), resume=True)
    assert found == ("a", ("b",), 3, Path("c"), True)
    assert function("a", top=None) == ("a", (), None, None, False)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ({"top": 0}, "`top` must be a whole number above 0, got 0."),
        ({"top": True}, "`top` must be a whole number above 0, got True."),
        ({"out": 3}, "`out` must be a path, got 3."),
        ({"resume": "yes"}, "`resume` must be True or False, got 'yes'."),
        ({"out": print}, "`out` must be a path, got the function print."),
        ({"out": Path}, "`out` must be a path, got the class Path."),
        ({"out": "x" * 3, "top": list(range(99))}, "got an object of list."),
    ],
)
def test_what_does_not_fit_is_refused(arguments, line):
    with pytest.raises(ArgumentError) as caught:
        function("a", **arguments)
    assert str(caught.value).endswith(line)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, TypeError)


def test_each_of_several_is_checked():
    with pytest.raises(ArgumentError, match="`overrides` must be a text, got 2"):
        function("a", "b", 2)


def test_the_signature_stays():
    assert list(inspect.signature(function).parameters)[1] == "overrides"
    assert function.__doc__ == "Do something."
    with pytest.raises(TypeError, match="function.. missing 1 required positional"):
        function()


def test_a_remedy_follows():
    rule = Rule("a list", is_a(list), "Write [1].")
    assert rule.refusal("keys", 1) == "`keys` must be a list, got 1. Write [1]."
