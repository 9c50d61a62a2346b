"""Entries: one operation of a list with its probability and ranges, read and checked.

Source: definition.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trainwell.augment.policies._operation import Parameter, Range
from trainwell.augment.policies._pool import ALIASES, POOL
from trainwell.core import checks

DEFAULT_P = 0.5
_FORM = (
    "must be a list of operations, such as [vertical_flip, {op: rotate, degrees: [-9, "
    "9], p: 0.3}]"
)


@dataclass(frozen=True)
class Entry:
    """An operation, its probability, and what was given of its parameters."""

    op: str
    p: float
    given: Mapping[str, float | str | Range]

    def __str__(self) -> str:
        return self.op


@dataclass(frozen=True)
class Group:
    """Operations of which one is applied, with a probability."""

    members: tuple[Entry, ...]
    p: float

    def __str__(self) -> str:
        return f"one of {', '.join(map(str, self.members))}"


def read_entries(given: Any) -> tuple[Entry | Group, ...]:  # noqa: ANN401
    """Return the entries; raise ValueError, in one line, if one is not valid."""
    entries = [given] if isinstance(given, str | Mapping) else given
    if not isinstance(entries, Sequence) or not entries:
        raise ValueError(f"`operations` {_FORM}, got {given!r}.")
    return tuple(_entry(entry) for entry in entries)


def plain(entry: Entry | Group) -> dict[str, Any]:
    """Return an entry as plain values, for files."""
    if isinstance(entry, Group):
        return {"one_of": [plain(member) for member in entry.members], "p": entry.p}
    values = {k: list(v) if isinstance(v, tuple) else v for k, v in entry.given.items()}
    return {"op": entry.op, "p": entry.p, **values}


def _entry(given: Any) -> Entry | Group:  # noqa: ANN401
    if isinstance(given, Mapping) and "one_of" in given:
        return _group(given)
    return _single(given)


def _group(given: Mapping[str, Any]) -> Group:
    for key in given:
        if key not in ("one_of", "p"):
            raise ValueError(f"one_of has no field `{key}`; it has one_of and p.")
    members = given["one_of"]
    if not isinstance(members, Sequence) or isinstance(members, str) or not members:
        raise ValueError(f"`one_of` {_FORM}, got {members!r}.")
    read = tuple(_single(member) for member in members)
    if not any(member.p for member in read):
        raise ValueError("`p` of one member of `one_of` or more must be positive.")
    return Group(read, _probability(given, "one_of"))


def _single(given: Any) -> Entry:  # noqa: ANN401
    if isinstance(given, str):
        given = {"op": given}
    name = given.get("op") if isinstance(given, Mapping) else None
    if not isinstance(name, str):
        raise ValueError(f"`operations` {_FORM}, got {given!r} among them.")
    op = ALIASES.get(name, name)
    if op not in POOL:
        raise ValueError(
            f"`{op}` is no operation.{checks.did_you_mean(op, [*POOL, *ALIASES])} "
            "`trainwell show techniques` lists them."
        )
    parameters = POOL[op].parameters
    for key in given:
        if key not in ("op", "p", *parameters):
            known = ", ".join((*parameters, "p"))
            raise ValueError(
                f"{op} has no parameter `{key}`; it has {known}."
                f"{checks.did_you_mean(str(key), parameters)}"
            )
    values = {
        name: _value(f"`{name}` of {op}", parameter, given.get(name))
        for name, parameter in parameters.items()
        if given.get(name) is not None or parameter.usual is not None
    }
    return Entry(op, _probability(given, op), values)


def _probability(given: Mapping[str, Any], op: str) -> float:
    p = given.get("p", DEFAULT_P)
    if isinstance(p, bool) or not isinstance(p, int | float) or not 0 <= p <= 1:
        raise ValueError(f"`p` of {op} must be a number in [0, 1], got {p!r}.")
    return float(p)


def _value(
    place: str,
    parameter: Parameter,
    given: Any,  # noqa: ANN401
) -> float | str | Range:
    """Return a number, a word, or a range if its ends differ."""
    if parameter.words:
        if given not in parameter.words:
            words = " or ".join(parameter.words)
            raise ValueError(f"{place} must be {words}, got {given!r}.")
        return str(given)
    if given is None:
        assert parameter.usual is not None
        given = parameter.usual
    ends = given if isinstance(given, list | tuple) else (given, given)
    kind = {0: "a number", 1: "a whole number", 2: "an odd number"}[parameter.step]
    least, most = parameter.limits
    if len(ends) != 2 or not all(_fits(end, parameter) for end in ends):
        raise ValueError(
            f"{place} must be {kind} in [{least:g}, {most:g}], or two such as "
            f"[low, high], got {given!r}."
        )
    low, high = map(float, ends)
    if low > high:
        raise ValueError(f"{place} must be [low, high], got {given!r}.")
    return low if low == high else (low, high)


def _fits(value: Any, parameter: Parameter) -> bool:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    least, most = parameter.limits
    whole = not parameter.step or (value == int(value) if abs(value) < 1e9 else False)
    odd = parameter.step != 2 or value % 2 == 1
    return bool(least <= value <= most and whole and odd)
