"""The type of this package, and how a schedule shows what it is."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec

Schedule = Callable[[float], float]
"""From progress, the fraction of the training done in [0, 1], to a factor."""

_P = ParamSpec("_P")


@dataclass(frozen=True, repr=False)
class _Named:
    """A schedule whose repr is the call that built it."""

    factor: Schedule
    text: str

    def __call__(self, progress: float) -> float:
        return self.factor(progress)

    def __repr__(self) -> str:
        return self.text


def named(build: Callable[_P, Schedule]) -> Callable[_P, Schedule]:
    """Let the schedules that a function returns show their name and arguments."""
    signature = inspect.signature(build)

    @wraps(build)
    def wrapped(*args: _P.args, **kwargs: _P.kwargs) -> Schedule:
        schedule = build(*args, **kwargs)
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        shown = ", ".join(f"{k}={v!r}" for k, v in bound.arguments.items())
        return _Named(schedule, f"{build.__name__}({shown})")

    return wrapped
