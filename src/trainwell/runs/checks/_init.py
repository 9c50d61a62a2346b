"""Check how a network starts: what `trainwell check init` does.

The network is built, changed and started exactly as a training would do it.
"""

import shlex
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from torch import Tensor, nn

from trainwell import models
from trainwell.core import checks
from trainwell.core.arguments import checked
from trainwell.core.device import describe
from trainwell.core.errors import ModelError
from trainwell.core.image_size import size_text
from trainwell.diagnose import InitReport, init_report
from trainwell.recipes import Override, Recipe, override_texts, read_named
from trainwell.report import InitCase, write_init_report
from trainwell.runs._argument_rules import RULES
from trainwell.runs._console import Console
from trainwell.runs._reporter import Reporter
from trainwell.runs.checks._init_subject import SIX_LAYERS, on_data, on_noise
from trainwell.runs.session._open_session import Source
from trainwell.runs.setup._own_parts import own_parts


@checked(RULES)
def check_init(  # noqa: PLR0913
    model: nn.Module | str,
    *overrides: Override,
    init: str | None = None,
    activation: str | None = None,
    norm: str | None = None,
    data: Source | None = None,
    out: str | PathLike[str] | None = None,
    reporter: Reporter | None = None,
) -> InitReport:
    """Measure activations and gradients of a network before its first step.

    Args:
        model: What `model.name` of a recipe may name, or `six_layers`; or a network of
            your own, which needs `data` or a "data.image_size=64".
        *overrides: `key=value` texts, such as "init.std=0.05" or
            "data.image_size=64", or keys and values.
        init: A rule or procedure by name; the network's own start without it.
        activation: In place of the network's own.
        norm: In place of the network's own.
        data: Labelled images, as for `train`; standard normal noise without them.
        out: Where to write a page with all of it.
        reporter: Who sees progress; by default people, at the terminal.

    Raises:
        UserError: If a name, the data or a combination cannot be used.

    Example:
        >>> report = tw.check_init("mlp", "data.image_size=8", reporter=Quiet())
        >>> report.layers[0].role
        'weight'
    """
    reporter = reporter or Console()
    own, _ = own_parts(model)
    texts = override_texts(overrides)
    requested = _recipe(model, texts, init, activation, norm)
    if isinstance(model, nn.Module):
        requested = own.requested(requested)
        model = requested.model.name or ""
    if data is None:
        recipe, network, images, targets = *on_noise(requested, own, reporter), None
    else:
        recipe, network, images, targets = on_data(requested, own, data, reporter)
    try:
        report = init_report(
            network, images, targets, init=recipe.init.name, progress=reporter.progress
        )
    except ValueError as error:
        raise ModelError(f"{model} cannot be measured: {error}") from error
    if out is not None:
        options = [("--init", init), ("--activation", activation), ("--norm", norm)]
        if data is not None:
            options.append(("--data", str(data) if _is_name(data) else "arrays"))
        specified = [word for pair in options if pair[1] is not None for word in pair]
        case = InitCase(
            model=model,
            start=_start(recipe),
            images=_images(images, data),
            command=shlex.join(
                ["trainwell", "check", "init", model, *texts, *map(str, specified)]
            ),
            environment=describe(),
        )
        write_init_report(report, case, Path(out))
    return report


def _recipe(
    model: nn.Module | str,
    overrides: Sequence[str],
    init: str | None,
    activation: str | None,
    norm: str | None,
) -> Recipe:
    """Return the recipe of a training with this network."""
    known = (*models.names(), SIX_LAYERS)
    if isinstance(model, str) and ":" not in model and model not in known:
        raise ModelError(
            f"there is no model `{model}`; `trainwell show models` lists all, and "
            f"there is {SIX_LAYERS}.{checks.did_you_mean(model, known)}"
        )
    named: dict[str, object] = {
        "init.name": init,
        "activation.name": activation,
        "norm.name": norm,
    }
    start = {"model.name": model} if isinstance(model, str) else {}
    if model == SIX_LAYERS:
        start["model.name"] = f"trainwell.diagnose:{SIX_LAYERS}"
        if activation is None:
            start["activation.name"] = "tanh"  # its own; the gain goes by it
        if norm is not None:
            named["model.arguments.norm"] = True
    return read_named(start, named, overrides)


def _is_name(data: Source) -> bool:
    return isinstance(data, str | Path)


def _start(recipe: Recipe) -> str:
    rule = recipe.init.name
    parts = [
        f"Weights by {rule}" if rule else "Weights as the network itself draws them"
    ]
    if recipe.activation.name:
        parts.append(f"activation {recipe.activation.name}")
    if recipe.norm.name:
        parts.append(f"norm {recipe.norm.name}")
    return ", ".join(parts) + "."


def _images(images: Tensor, data: Source | None) -> str:
    count, channels, height, width = images.shape
    what = "of standard normal noise"
    if data is not None:
        what = f"of {Path(str(data)).name}" if _is_name(data) else "of the arrays given"
    kind = {1: "grey ", 3: "colour "}.get(channels, "")
    return f"{count} {kind}images {what}, {size_text((height, width))} px"
