"""Say in one line what is wrong with a key or a value of a recipe."""

from collections.abc import Mapping
from typing import Any

from trainwell.core import checks
from trainwell.core.recipe_keys import other_place, recipe_keys

_LIST = " `trainwell show recipe` lists them all."
_BRANCHES = {"int", "float", "bool", "str", "constrained-int", "constrained-float"}
_SECTION = {"model_type", "model_attributes_type", "dict_type"}
_KINDS = {
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "float_parsing": "must be a number",
    "float_type": "must be a number",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "string_type": "must be a text",
}


def explain(error: Mapping[str, Any]) -> str:
    """Return the message for one error of pydantic.

    Example:
        >>> explain({"type": "int_parsing", "loc": ("seed",), "msg": "-", "input": "x"})
        "`seed` must be a whole number, got 'x'."
    """
    place = ".".join(str(part) for part in error["loc"] if not _is_branch(part))
    kind, value = error["type"], error["input"]
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind == "extra_forbidden":
        return _unknown_key(place, value)
    if kind in _SECTION and "." not in place:
        return _section(place, value)
    if kind == "literal_error":
        choices = error["ctx"]["expected"].replace(" or ", ", ").replace("'", "")
        near = checks.did_you_mean(str(value), choices.split(", "))
        return f"`{place}` must be one of {choices}; got {value!r}.{near}"
    rule = _KINDS.get(kind) or error["msg"].replace("Input should be", "must be")
    return f"`{place}` {rule[0].lower()}{rule[1:]}, got {value!r}."


def _unknown_key(place: str, value: object) -> str:
    if isinstance(value, dict) and value:
        place += f".{next(iter(value))}"
    known = [spec.key for spec in recipe_keys()]
    last = place.rpartition(".")[2]
    tails = {key.rpartition(".")[2]: key for key in known}
    same = [key for key in known if key.rpartition(".")[2] == last]
    if len(same) == 1:
        near = f" Did you mean `{same[0]}`?"
    else:
        near = checks.did_you_mean(place, known) or other_place(place)
    if not near and (close := checks.did_you_mean(last, tails)):
        near = f" Did you mean `{tails[close.split('`')[1]]}`?"
    return f"`{place}` is not a key of a recipe.{near or _LIST}"


def _section(place: str, value: object) -> str:
    """Return that a section was given a value that it cannot have."""
    first = next(s.key for s in recipe_keys() if s.key.startswith(f"{place}."))
    return (
        f"`{place}` cannot be {value!r}; give one of its keys, such as {first}=VALUE. "
        f"`trainwell show recipe {place}` lists them."
    )


def _is_branch(part: object) -> bool:
    """Tell the names that pydantic gives to the branches of a union."""
    return isinstance(part, str) and ("[" in part or part in _BRANCHES)
