"""Train several networks that differ in their seeds, and let them answer together.

Each is a run of its own in members/; what the folder above holds is of all together,
but for the curves, which are the best member's.
"""

import shutil
from typing import Any

from trainwell.recipes import Recipe, num_members
from trainwell.report import write_report
from trainwell.runs._assemble import compared, together
from trainwell.runs._finish import publish
from trainwell.runs._folder import RunFolder
from trainwell.runs._reopen import loaded, reopened
from trainwell.runs._train_one import Job, begin, train_one


def train_members(recipe: Recipe, job: Job, folder: RunFolder) -> dict[str, Any]:
    """Train what is not trained yet, and write the ensemble; return its summary."""
    begin(folder, recipe, job.origin)
    count = num_members(recipe)
    summaries, ready = [], None
    for number in range(count):
        member = _member(folder, number)
        if member.finished:
            summaries.append(member.read_json(member.summary))
            continue
        job.reporter.say(f"Network {number + 1} of {count}.")
        with member.locked():
            ready, summary = train_one(_alone(recipe, number), job, member)
        summaries.append(summary)
    ready = ready or reopened(_alone(recipe, 0), job)
    members = [loaded(ready, _member(folder, number)) for number in range(count)]
    whole, words = together(members), compared(members, "seeds")
    judged = publish(whole, folder, job.reporter)
    best = words["ensemble"]["best_member"]
    shutil.copy(_member(folder, best).metrics, folder.metrics)
    accuracy = {j.name: round(j.evaluation.accuracy, 6) for j in judged}
    summary = {
        **summaries[best],
        **words,
        "val_accuracy": accuracy["val"],
        "test_accuracy": accuracy.get("test"),
        "train_seconds": round(sum(s["train_seconds"] for s in summaries), 2),
        "num_parameters": sum(s["num_parameters"] for s in summaries),
        "seed": recipe.seed,
    }
    write_report(folder.path, summary)
    folder.write_json(folder.summary, summary)
    return summary


def _member(folder: RunFolder, number: int) -> RunFolder:
    return RunFolder(folder.members / str(number))


def _alone(recipe: Recipe, number: int) -> Recipe:
    """Return the recipe of one member."""
    one = type(recipe.ensemble)()
    return recipe.model_copy(update={"seed": recipe.seed + number, "ensemble": one})
