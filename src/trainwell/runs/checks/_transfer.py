"""Check transfer: how well a pretrained network's features tell some images apart."""

from collections.abc import Mapping
from functools import partial
from os import PathLike, fspath

from trainwell.core.arguments import Rule, checked, is_a
from trainwell.core.errors import RecipeError
from trainwell.recipes import Override, Recipe, Scope, read_named
from trainwell.runs._argument_rules import RULES
from trainwell.runs._console import Console
from trainwell.runs._reporter import Reporter
from trainwell.runs.checks._named_model import split_model
from trainwell.runs.session._needs_classes import refuse_without_classes
from trainwell.runs.session._open_session import Source, open_session
from trainwell.runs.setup._lone_classes import refuse_lone_classes
from trainwell.runs.setup._setup import float32_setup
from trainwell.training import plain_batch
from trainwell.transfer import Advice, measure_transfer

SCOPE = Scope(
    "trainwell check transfer",
    {"data.sampling": "it takes every image once."},
    only=(
        "seed",
        "task",
        "data",
        "preprocess",
        "model",
        "activation",
        "norm",
        "augment.border",
        "train.device",
        "train.threads",
    ),
    reason="it trains linear classifiers on the features of the network alone.",
)


_RULES = {
    **RULES,
    "model": Rule("the name of a pretrained network", is_a(str, Mapping, Recipe)),
}


@checked(_RULES)
def check_transfer(
    source: Source,
    model: Override | None = None,
    *overrides: Override,
    weights: str | PathLike[str] | bool = True,
    reporter: Reporter | None = None,
) -> Advice:
    """Probe a pretrained network's features; train nothing but linear classifiers.

    Args:
        source: Labelled images, as for `train`; the training images are used.
        model: A network as `model.name` of a recipe names it.
        *overrides: `key=value` texts, or keys and values.
        weights: A .safetensors or .pth file; True for the published ones.
        reporter: Shows messages and progress; the terminal by default.

    Raises:
        RecipeError: If no pretrained weights are named.
        UserError: If data or weights cannot be used.

    Example:
        >>> weights = run / "model.safetensors"
        >>> options = {"weights": weights, "reporter": Quiet()}
        >>> advice = tw.check_transfer(photos, "mlp", "data.image_size=12", **options)
        >>> 0 <= advice.freeze <= 1
        True
    """
    reporter = reporter or Console()
    name, fields = split_model(model, overrides)
    pretrained = weights if isinstance(weights, bool) else fspath(weights)
    named = {"model.name": name, "model.pretrained": pretrained}
    requested = read_named(None, {} if name is None else named, fields)
    if requested.model.pretrained in (None, False):
        raise RecipeError(
            "name pretrained weights: model.name=mobilenet_v2 "
            "model.pretrained=WEIGHTS.pth, or model.name=timm:NAME "
            "model.pretrained=true."
        )
    session = open_session(source, requested, SCOPE, reporter, announce=False)
    refuse_without_classes(session.splits, "`check transfer`")
    setup = float32_setup(session)

    splits, stores, settings = session.splits, session.stores, setup.batches.settings
    fetch = partial(plain_batch, splits.train, stores.train, settings)
    fetch_val = partial(plain_batch, splits.val, stores.val, settings)
    refuse_lone_classes(
        splits.train, "check transfer", "choose transfer.freeze yourself"
    )
    return measure_transfer(
        setup.model,
        splits.train.targets,
        fetch,
        reporter.progress,
        (splits.val.targets, fetch_val) if splits.held_out else None,
    )
