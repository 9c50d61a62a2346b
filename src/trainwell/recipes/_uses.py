"""What parts of a recipe use: the questions of the rules of `_unused`."""

import inspect

from trainwell.core.techniques import builders
from trainwell.recipes._recipe import Recipe
from trainwell.recipes._transfer import has_maps
from trainwell.recipes._vocabulary import argument, parameters


def draws_weights(recipe: Recipe) -> bool:
    """Tell the initialisers that draw one weight from those that take the model."""
    rule = builders("init")[recipe.init.name or ""]
    return next(iter(inspect.signature(rule).parameters)) == "weight"


def needs_validation(recipe: Recipe) -> str:
    """Return what selects by validation images, or nothing."""
    kind = recipe.ensemble.kind
    users = {
        "train.patience": recipe.train.patience is not None,
        f"ensemble.kind={kind}": kind in ("seeds", "snapshots", "soup"),
        "schedule.name=reduce_on_plateau": recipe.schedule.name == "reduce_on_plateau",
    }
    return next((name for name, used in users.items() if used), "")


def learned(recipe: Recipe) -> bool:
    """Tell whether the activation has a parameter to learn."""
    name, arguments = recipe.activation.name, recipe.activation.arguments()
    return name == "prelu" or (name == "swish" and bool(arguments.get("learned")))


_ONLY_WITH = {  # an argument: the other one, and the value with which it is used
    "norm.steps": ("method", "newton"),
    "norm.momentum": ("track", True),
    "noise.samples": ("test", "gaussian"),
}


def switched_off(recipe: Recipe) -> str:
    """Return what says which argument another one switches off; empty if none is.

    A default may stand there: complete recipes write all of them out.
    """
    for key, (other, wanted) in _ONLY_WITH.items():
        section, _, name = key.partition(".")
        component = getattr(recipe, section)
        known = component.name and parameters(section, component.name)
        if not known or name not in known or other not in known:
            continue
        value = argument(section, component, other)
        if (
            value != wanted
            and argument(section, component, name) != known[name].default
        ):
            return f"`{key}` is not used by {section}.{other}={str(value).lower()}"
    return ""


def first_of_transfer(recipe: Recipe) -> str:
    """Return the first field of transfer that has a value; empty if none has."""
    fields = recipe.transfer.model_dump().items()
    return next((name for name, value in fields if value is not None), "")


def starts_afresh(recipe: Recipe) -> bool:
    """Tell whether random weights are asked for: a network without weights, or none."""
    start = recipe.model.pretrained
    return start is False or (start is None and recipe.model.name is not None)


def both_of_heads(recipe: Recipe) -> str:
    """Return two fields that ask for different heads, or training; empty if none do."""
    transfer = recipe.transfer
    pairs = [("transfer=auto", "freeze"), ("transfer=auto", "cut")]
    pairs = pairs if transfer.plan is not None else []
    if transfer.depths is not None:
        pairs.append((f"transfer.depths={transfer.depths}", "cut"))
    if has_maps(recipe):
        own = ("cut", "depths", "looks", "solve")
        pairs += [(f"model.head={recipe.model.head}", key) for key in own]
    idle = {"looks": 1, "solve": False}
    for one, key in pairs:
        if getattr(transfer, key) not in (None, idle.get(key)):
            return f"`{one}` or `transfer.{key}`"
    return ""
