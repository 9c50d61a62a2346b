"""The winner: its recipe in a file, and its training in full."""

from pathlib import Path
from typing import Any

from trainwell.core.errors import Interrupted
from trainwell.core.files import write_atomically
from trainwell.recipes import Recipe, with_point, write_recipe
from trainwell.runs._data import Source
from trainwell.runs._reporter import Reporter
from trainwell.runs._train import train
from trainwell.runs.tuning._lab import Lab
from trainwell.runs.tuning._types import Story


def write_winner(
    path: Path, lab: Lab, story: Story, source: str, precision: tuple[str, str]
) -> None:
    """Write the recipe that won, with a line on how it was found.

    Args:
        path: The file.
        lab: Its recipe is the default.
        story: What was found.
        source: The data, in words.
        precision: And memory format, as the user left them: other machines differ.
    """
    verdict = story.verdict
    recipe = with_point(lab.recipe, verdict.points[verdict.winner])
    update = dict(zip(("precision", "memory_format"), precision, strict=True))
    train = recipe.train.model_copy(update=update)
    recipe = recipe.model_copy(update={"train": train})
    lines = (
        f"The {verdict.winner} of `trainwell tune` on {source}.",
        verdict.said.text,
    )
    head = "".join(f"# {' '.join(line.split())}\n" for line in lines)
    write_atomically(path, (head + write_recipe(recipe)).encode())


def train_winner(
    source: Source, path: Path, lab: Lab, story: Story, reporter: Reporter
) -> dict[str, Any]:
    """Train with the recipe of a file; return the summary and the folder of the run.

    Raises:
        Interrupted: If Ctrl-C or SIGTERM came; the run is saved.
    """
    full, planned = lab.recipe.train.epochs or 1.0, story.plan.final_epochs
    shorter = () if planned >= full else (f"train.epochs={planned}",)
    if shorter:
        reporter.say(
            f"The budget allows {planned:.3g} of its {full:.3g} epochs; the recipe "
            "file has all of them."
        )
    folder = lab.path / "run"
    try:
        run = train(
            source, *shorter, recipe=path, out=folder, resume=True, reporter=reporter
        )
    except Interrupted:
        raise Interrupted(lab.path, len(story.said), len(story.said), "step") from None
    return {**run.summary, "run": str(run.path.resolve())}


def recipe_precision(asked: Recipe) -> tuple[str, str]:
    """Return precision and memory format as the user left them."""
    return asked.train.precision, asked.train.memory_format
