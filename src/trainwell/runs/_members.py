"""Train several networks that differ in their seeds, and let them answer together.

Each is a run of its own in members/; what the folder above holds is of all together,
but for the curves, which are the best member's.
"""

from typing import Any

from trainwell.recipes import Recipe, num_members
from trainwell.runs._assemble import comparison, together
from trainwell.runs._finish import conclude_together
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
    val = [summary["val_accuracy"] for summary in summaries]
    told = comparison("seeds", val, lambda best: summaries[best]["test_accuracy"])
    best = _member(folder, told["ensemble"]["best_member"])
    words = {
        **told,
        "train_seconds": round(sum(s["train_seconds"] for s in summaries), 2),
        "seed": recipe.seed,
    }
    return conclude_together(together(members), best, folder, words, job.reporter)


def _member(folder: RunFolder, number: int) -> RunFolder:
    return RunFolder(folder.members / str(number))


def _alone(recipe: Recipe, number: int) -> Recipe:
    """Return the recipe of one member."""
    one = type(recipe.ensemble)()
    return recipe.model_copy(update={"seed": recipe.seed + number, "ensemble": one})
