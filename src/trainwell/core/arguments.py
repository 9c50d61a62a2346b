"""Arguments of public functions, refused in one line before anything is done.

RULES = {"budget": Rule("a time such as 30m", is_a(str), "Quote it.")}

@checked(RULES)
def tune(source, *overrides, budget="30m"): ...
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from numbers import Integral
from os import PathLike
from typing import Any, ParamSpec, TypeVar

from trainwell.core.errors import ArgumentError
from trainwell.core.unknown_argument import unknown_argument

P = ParamSpec("P")
T = TypeVar("T")
Accepts = Callable[[Any], bool]


@dataclass(frozen=True)
class Rule:
    """What an argument may be.

    Attributes:
        expected: What it must be, in words.
        accepts: Tells whether a value is that.
        remedy: What to do instead, a sentence.

    Example:
        >>> Rule("a text", is_a(str)).refusal("budget", 5)
        '`budget` must be a text, got 5.'
    """

    expected: str
    accepts: Accepts
    remedy: str = ""

    def refusal(self, name: str, value: object) -> str:
        """Return the line that refuses a value."""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"`{name}` must be {self.expected}, got {_described(value)}.{remedy}"


def is_a(*kinds: type) -> Accepts:
    """Return a test for these classes; True and False are no numbers.

    Example:
        >>> is_a(int)(3), is_a(int)(True), is_a(int, bool)(True)
        (True, False, True)
    """

    def accepts(value: object) -> bool:
        if isinstance(value, bool):
            return bool in kinds
        return isinstance(value, kinds)

    return accepts


TEXT = Rule("a text", is_a(str))
PATH = Rule("a path", is_a(str, PathLike))
FLAG = Rule("True or False", is_a(bool))
COUNT = Rule(
    "a whole number above 0", lambda value: is_a(Integral)(value) and value > 0
)


def checked(rules: Mapping[str, Rule]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a decorator that refuses unknown keywords and values of a wrong kind.

    The default of an argument is always accepted; of `*arguments`, each is checked.

    Args:
        rules: By the name of the argument; an argument without one is not checked.

    Example:
        >>> @checked({"budget": TEXT})
        ... def search(source, *, budget="30m"):
        ...     return budget
        >>> search("photos", budget=5)
        Traceback (most recent call last):
        trainwell.core.errors.ArgumentError: `budget` must be a text, got 5.
        >>> search("photos", buget="5m")
        Traceback (most recent call last):
        trainwell.core.errors.ArgumentError: there is no argument `buget`; ...
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        signature = inspect.signature(function)
        parameters = signature.parameters

        @wraps(function)
        def called(*args: P.args, **kwargs: P.kwargs) -> T:
            for name, value in kwargs.items():
                if name not in parameters:
                    raise ArgumentError(unknown_argument(name, value, parameters))
            try:
                bound = signature.bind(*args, **kwargs).arguments
            except TypeError:
                return function(*args, **kwargs)  # Python says what is missing
            for name in rules.keys() & bound.keys():
                parameter = parameters[name]
                several = parameter.kind is parameter.VAR_POSITIONAL
                for value in bound[name] if several else (bound[name],):
                    if value is parameter.default or rules[name].accepts(value):
                        continue
                    raise ArgumentError(rules[name].refusal(name, value))
            return function(*args, **kwargs)

        return called

    return decorate


def _described(value: object) -> str:
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if inspect.isroutine(value):
        return f"the function {value.__name__}"
    text = repr(value)
    return text if len(text) < 60 else f"an object of {type(value).__name__}"
