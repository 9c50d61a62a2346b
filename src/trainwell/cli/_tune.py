"""`trainwell tune`: the seven steps of choosing hyper-parameters."""

from pathlib import Path
from typing import Annotated

import typer

from trainwell.cli._arguments import AllowImport, choices_of, key_values
from trainwell.cli._output import echo

EXAMPLES = """The seven steps: 1. Is the loss before training that of guessing? 2. Can
the network overfit a few batches? 3. Which learning rate lowers the loss? 4. Many short
trials over the whole range. 5. Fewer and longer trials around the best. 6. What do the
curves mean? 7. Fewer and longer trials again. Then the best trials and your recipe are
trained with other seeds, so that luck does not count as a gain, and the winner is
trained in full.

Examples:

  trainwell tune photos/ --budget 30m

  trainwell tune photos/ model.name=resnet18 --budget 2h     another network

  trainwell tune photos/ --budget 30m --out t --resume       after a crash

  trainwell tune photos/ --over optimizer.lr,loss.label_smoothing

  trainwell tune photos/ --over model.name,optimizer.name,noise.p

  trainwell tune photos/ --sampler tpe --pruner halving      with Optuna's sampler

  trainwell tune photos/ --storage postgresql://me@host/db   start several of these

  trainwell train photos/ --recipe runs/tune-photos-1/winner.yaml

Several processes, on one machine or many, share the work if you start the same command
with the same --storage. `seed=1` repeats the search with other random numbers.
"""

_SAMPLERS = ("random", "grid", "tpe", "population")
_PRUNERS = ("none", "halving", "median")


def tune(  # noqa: PLR0913
    data: Annotated[
        str,
        typer.Argument(
            help="Labelled images, as for train. Test images are used only to evaluate "
            "the winner.",
            metavar="DATA",
            show_default=False,
        ),
    ],
    overrides: Annotated[
        list[str] | None,
        key_values("Fields of the recipe that the search starts from."),
    ] = None,
    budget: Annotated[str, typer.Option(help="Total wall time, such as 30m.")] = "30m",
    sampler: Annotated[
        str,
        typer.Option(
            help="random (compared with a grid), grid, tpe or population.",
            autocompletion=choices_of(more=_SAMPLERS),
        ),
    ] = "random",
    pruner: Annotated[
        str,
        typer.Option(
            help="Rule that stops bad trials early: median, halving or none.",
            autocompletion=choices_of(more=_PRUNERS),
        ),
    ] = "median",
    over: Annotated[
        str, typer.Option(help="The fields to search, separated by commas.")
    ] = "optimizer.lr,optimizer.weight_decay",
    recipe: Annotated[
        str | None, typer.Option(help="A preset or a recipe.yaml, as for train.")
    ] = None,
    storage: Annotated[
        str | None,
        typer.Option(
            help="A database that several processes share: "
            "postgresql://USER@HOST/NAME.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="The folder to write. By default a new one under runs/."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Resume the study in --out.")
    ] = False,
    allow_import: AllowImport = False,
) -> None:
    """Choose hyper-parameters for your images in seven steps."""
    import shlex

    from trainwell.cli._own_code import import_from_here
    from trainwell.cli._train import summary_text
    from trainwell.models import is_import
    from trainwell.runs import Console, tune

    import_from_here()
    found = tune(
        data,
        *overrides or [],
        budget=budget,
        sampler=sampler,
        pruner=pruner,
        over=over,
        storage=storage,
        recipe=recipe,
        out=out,
        resume=resume,
        allow_import=allow_import,
        reporter=Console(),
    )
    echo(summary_text(found.summary))
    echo(f"tuning    {found.steps.verdict.report.text}")
    echo(f"page      {found.page}")
    echo(f"run       {found.run}")
    words = [data, "--recipe", str(found.recipe)]
    words += ["--allow-import"] if is_import(found.summary["model"]) else []
    with_it = shlex.join(words)
    echo(f"use it    trainwell train {with_it}")
