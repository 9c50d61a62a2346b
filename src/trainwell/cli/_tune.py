"""`trainwell tune`: the seven steps of choosing hyper-parameters."""

from pathlib import Path
from typing import Annotated

import typer

from trainwell.cli._arguments import choices_of, key_values

EXAMPLES = """The seven steps: 1 is the loss before training that of a network that
knows nothing? 2 can it overfit a few batches? 3 which learning rate lowers the loss?
4 many short trials, far apart; 5 fewer, longer ones near the best; 6 what the curves
mean; 7 nearer still. Then the best and the recipe as it is are trained with other
seeds, so that luck does not pass for a gain, and the winner is trained in full.

Examples:

  trainwell tune photos/ --budget 30m

  trainwell tune photos/ model.name=resnet18 --budget 2h     another network

  trainwell tune photos/ --budget 30m --out t --resume       after a crash

  trainwell tune photos/ --over optimizer.lr,loss.label_smoothing

  trainwell tune photos/ --sampler tpe --pruner halving      by Optuna

  trainwell tune photos/ --storage postgresql://me@host/db   start several of these

  trainwell train photos/ --recipe runs/tune-photos-1/winner.yaml

Several processes, here or elsewhere, share the work if they give the same command and
the same --storage. `seed=1` asks the same question with other draws.
"""

_SAMPLERS = ("random", "grid", "tpe", "population")
_PRUNERS = ("none", "halving", "median")


def tune(  # noqa: PLR0913
    data: Annotated[
        str,
        typer.Argument(
            help="Labelled images, as for train; test images are used by the winner's "
            "training alone.",
            metavar="DATA",
            show_default=False,
        ),
    ],
    overrides: Annotated[
        list[str] | None,
        key_values("Fields of the recipe that the search begins with."),
    ] = None,
    budget: Annotated[
        str, typer.Option(help="Wall time for everything, such as 30m.")
    ] = "30m",
    sampler: Annotated[
        str,
        typer.Option(
            help="random (and a grid to compare), grid, tpe, or population.",
            autocompletion=choices_of(more=_SAMPLERS),
        ),
    ] = "random",
    pruner: Annotated[
        str,
        typer.Option(
            help="When to give up a finer trial: median, halving or none.",
            autocompletion=choices_of(more=_PRUNERS),
        ),
    ] = "median",
    over: Annotated[
        str, typer.Option(help="The fields to search, between commas.")
    ] = "optimizer.lr,optimizer.weight_decay",
    recipe: Annotated[
        str | None, typer.Option(help="As for train: a preset or a recipe.yaml.")
    ] = None,
    storage: Annotated[
        str | None,
        typer.Option(
            help="A database that several processes share: postgresql://USER@HOST/NAME.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="The folder; a new one under runs/ by default.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the study of --out.")
    ] = False,
) -> None:
    """Choose the hyper-parameters for your images by the seven steps."""
    import shlex

    from trainwell.cli._own_code import import_from_here
    from trainwell.cli._train import summary_text
    from trainwell.runs import Console, tune

    import_from_here()
    keys = tuple(key.strip() for key in over.split(",") if key.strip())
    found = tune(
        data,
        *overrides or [],
        budget=budget,
        sampler=sampler,
        pruner=pruner,
        over=keys,
        storage=storage,
        recipe=recipe,
        out=out,
        resume=resume,
        reporter=Console(),
    )
    typer.echo(summary_text(found.summary))
    typer.echo(f"tuning    {found.steps.verdict.report.text}")
    typer.echo(f"page      {found.page}")
    typer.echo(f"run       {found.run}")
    with_it = shlex.join([data, "--recipe", str(found.recipe)])
    typer.echo(f"use it    trainwell train {with_it}")
