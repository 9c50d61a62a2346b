"""What each argument of the public functions may be, by its name."""

import inspect
from collections.abc import Collection, Mapping
from os import PathLike

import numpy as np
from torch import nn

from trainwell.augment.ops import OpSequence
from trainwell.augment.policies import SamplingContext
from trainwell.core.arguments import COUNT, FLAG, PATH, TEXT, Rule, is_a
from trainwell.infer import Predictor, TestTime
from trainwell.recipes import Recipe
from trainwell.runs._reporter import Reporter
from trainwell.training import Hook


def _is_loss(value: object) -> bool:
    """Tell whether a name or an object can be called with outputs and targets."""
    if isinstance(value, str):
        return True
    if isinstance(value, type) or not callable(value):
        return False
    called = value.forward if isinstance(value, nn.Module) else value
    try:
        inspect.signature(called).bind(None, None)
    except ValueError:  # built-in functions do not tell
        return True
    except TypeError:
        return False
    return True


def _is_transform(value: object) -> bool:
    """Tell whether a name or a file, or an object that samples operations."""
    if isinstance(value, str | PathLike):
        return True
    if isinstance(value, type) or not callable(value):
        return False
    sizes = np.full(2, 32, np.int32)
    context = SamplingContext(0, 0, np.arange(2, dtype=np.uint64), sizes, sizes, 1.0)
    try:
        return isinstance(value(context), OpSequence)
    except Exception:  # noqa: BLE001 - what is no policy may raise anything
        return False


def _are(kind: type) -> Rule:
    """Return the rule of several objects of a class."""
    name = kind.__name__

    def accepts(value: object) -> bool:
        return (
            isinstance(value, Collection)
            and not isinstance(value, str)
            and all(isinstance(each, kind) for each in value)
        )

    return Rule(
        f"a list of objects of a subclass of `tw.training.{name}`",
        accepts,
        "Write `class Mine(tw.training.Hook)` with the methods you need, and give "
        "[Mine()].",
    )


NETWORK = Rule(
    "a torch.nn.Module object or the name of a network",
    is_a(nn.Module, str),
    "Call a class to make an object; `trainwell show models` lists the names.",
)
MODEL_OR_FIELD = Rule(
    NETWORK.expected, is_a(nn.Module, str, Mapping, Recipe), NETWORK.remedy
)
_TIME = Rule("a time as text", is_a(str), 'Write "40s", "10m" or "1h30m".')
_RUN = Rule(
    "the folder of a run, or what `tw.train` or `tw.load` returned",
    is_a(str, PathLike, Predictor),
)
_RUNS = Rule(
    _RUN.expected,
    lambda value: (
        _RUN.accepts(value)
        or (isinstance(value, Collection) and all(map(_RUN.accepts, value)))
    ),
    "Give each run as an argument, or a list of them.",
)

RULES: Mapping[str, Rule] = {
    "activation": TEXT,
    "allow_import": FLAG,
    "augment": Rule(
        "the name of a policy, its .yaml file, or a policy",
        _is_transform,
        "A policy is an object such as tw.augment.policies.RandAugment(), or a "
        "function of a SamplingContext that returns operations of tw.augment.ops.",
    ),
    "average": TEXT,
    "bad_images": Rule(
        "`stop` or `skip`",
        lambda value: isinstance(value, str) and value in ("stop", "skip"),
    ),
    "budget": _TIME,
    "device": TEXT,
    "draws": COUNT,
    "epoch": COUNT,
    "epochs": Rule(
        'a text such as "5-10", or whole numbers above 0',
        lambda value: (
            isinstance(value, str)
            or (isinstance(value, Collection) and all(map(COUNT.accepts, value)))
        ),
    ),
    "format": TEXT,
    "hooks": _are(Hook),
    "init": TEXT,
    "loss": Rule(
        "the name of a loss, or a function of (outputs, targets)",
        _is_loss,
        "Give a loss such as tw.losses.FocalLoss(), or a function that returns the "
        "mean or one value per sample.",
    ),
    "model": NETWORK,
    "norm": TEXT,
    "out": PATH,
    "over": Rule(
        "the keys to search",
        lambda value: isinstance(value, Collection) and all(map(TEXT.accepts, value)),
        'Write over=["optimizer.lr", "optimizer.weight_decay"].',
    ),
    "overrides": Rule(
        "a key=value text or a mapping",
        is_a(str, Mapping, Recipe),
        'Write "train.epochs=1" or {"train.epochs": 1}.',
    ),
    "progress": Rule("a function such as tw.core.progress.silent", callable),
    "pruner": TEXT,
    "recipe": Rule(
        "the name of a preset, a recipe file, a mapping or a Recipe",
        is_a(str, PathLike, Mapping, Recipe),
        'Write "resnet", "recipe.yaml" or {"train.epochs": 1}.',
    ),
    "reporter": Rule(
        "a Reporter",
        lambda value: isinstance(value, Reporter) and not isinstance(value, type),
        "`tw.runs.Quiet()` shows nothing.",
    ),
    "resume": FLAG,
    "run": _RUN,
    "runs": _RUNS,
    "sampler": TEXT,
    "soup": FLAG,
    "split": TEXT,
    "storage": TEXT,
    "teacher": Rule(
        "the folder of a run, what `tw.train` or `tw.load` returned, or a "
        "torch.nn.Module object",
        is_a(str, PathLike, Predictor, nn.Module),
    ),
    "top": COUNT,
    "views": Rule("the name of views or a TestTime", is_a(str, TestTime)),
    "weights": Rule("a file of weights, or True", is_a(str, PathLike, bool)),
}
