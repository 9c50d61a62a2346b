"""What to write in place of an argument that a function does not have."""

import difflib
from collections.abc import Iterable, Mapping

from trainwell.core.recipe_keys import recipe_keys, sections

_SYNONYMS = {  # of other libraries: our argument, or the key of a recipe
    "augmentation": "augment",
    "batch": "train.batch_size",
    "bs": "train.batch_size",
    "callback": "hooks",
    "callbacks": "hooks",
    "cfg": "recipe",
    "config": "recipe",
    "criterion": "loss",
    "data": "source",
    "dataset": "source",
    "destination": "out",
    "folder": "out",
    "gpu": "train.device",
    "imgsz": "data.image_size",
    "img_size": "data.image_size",
    "learning_rate": "optimizer.lr",
    "loss_fn": "loss",
    "max_epochs": "train.epochs",
    "net": "model",
    "network": "model",
    "num_epochs": "train.epochs",
    "num_workers": "train.threads",
    "output": "out",
    "output_dir": "out",
    "preset": "recipe",
    "random_state": "seed",
    "save_dir": "out",
    "scheduler": "schedule",
    "topk": "top",
    "transform": "augment",
    "transforms": "augment",
    "tta": "views",
    "verbose": "reporter",
    "wd": "optimizer.weight_decay",
    "workers": "train.threads",
}
_FIELD = '"train.epochs=1" or {"train.epochs": 1}'
_FIRST = ("train", "optimizer", "data", "model", "augment")  # of keys that end alike


def unknown_argument(name: str, value: object, known: Iterable[str]) -> str:
    """Return the line that refuses an unknown keyword and names the right spelling.

    Args:
        name: The keyword.
        value: Its value.
        known: The arguments of the function; `overrides` takes fields of a recipe.

    Example:
        >>> unknown_argument("epochs", 1, ["source", "overrides"])
        'there is no argument `epochs`; ... give "train.epochs=1" as a further ...'
        >>> unknown_argument("callbacks", [], ["source", "hooks"])
        'there is no argument `callbacks`; it is called `hooks`.'
    """
    arguments = [each for each in known if each != "overrides"]
    start = f"there is no argument `{name}`; "
    meant = _SYNONYMS.get(name, name)
    if meant in arguments:
        return f"{start}it is called `{meant}`."
    fields = _fields() if "overrides" in known else {}
    if meant in fields:
        return start + _as_field(fields[meant], value, "recipe" in arguments)
    if near := difflib.get_close_matches(name, arguments, n=1, cutoff=0.7):
        return f"{start}did you mean `{near[0]}`?"
    if near := difflib.get_close_matches(meant, fields, n=1, cutoff=0.7):
        return start + _as_field(fields[near[0]], value, "recipe" in arguments)
    there = ", ".join(f"`{each}`" for each in arguments)
    more = (
        f", and fields of the recipe as further arguments: {_FIELD}" if fields else ""
    )
    return f"{start}there are {there}{more}."


def _fields() -> dict[str, str]:
    """Return the recipe key by all that it may be called; the clearest name wins."""
    keys = [each.key for each in recipe_keys()]
    order = {section: number for number, section in enumerate(_FIRST)}
    keys.sort(
        key=lambda key: order.get(key.partition(".")[0], len(order)), reverse=True
    )
    named = {key.rpartition(".")[2]: key for key in keys}
    named |= {key.replace(".", "_"): key for key in keys}
    return named | {key: key for key in keys} | {each: each for each in sections()}


def _as_field(key: str, value: object, recipe: bool) -> str:
    simple = value is None or isinstance(value, str | int | float)
    text = f'"{key}={value}"' if simple else f'"{key}=VALUE"'
    quoted = f'"{value}"' if isinstance(value, str) else repr(value)
    mapping = f'{{"{key}": {quoted if simple else "VALUE"}}}'
    if isinstance(value, Mapping):
        text = mapping = f'{{"{key}": {dict(value)!r}}}'.replace("'", '"')
    also = f", or recipe={mapping}" if recipe else ""
    return f"it is a field of the recipe: give {text} as a further argument{also}."
