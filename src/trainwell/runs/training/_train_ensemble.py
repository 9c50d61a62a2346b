"""Train several networks that differ in their seeds, and combine their predictions.

Each is a run of its own in members/; what the folder above holds is of all together,
but for the curves, which are the best member's.
"""

from typing import Any

from trainwell.core.errors import Interrupted
from trainwell.core.files import write_atomically
from trainwell.core.headline import headline
from trainwell.recipes import Recipe, num_members
from trainwell.runs._make_ensemble import (
    load_member,
    make_ensemble,
    member_summary,
)
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.folder._saved_recipe import policy_to_keep, with_kept_policy
from trainwell.runs.session._session import Session
from trainwell.runs.setup._setup import TrainingSetup, float32_setup
from trainwell.runs.training._begin import begin
from trainwell.runs.training._finish import finish_ensemble
from trainwell.runs.training._train_run import train_run


def train_ensemble(session: Session, folder: RunFolder) -> dict[str, Any]:
    """Train the missing members and write the ensemble; return its summary."""
    recipe = session.recipe
    policy = policy_to_keep(recipe, folder)
    begin(folder, recipe, session)
    if policy is not None:
        write_atomically(folder.policy, policy)
    count = num_members(recipe)
    summaries, setup = [], None
    for number in range(count):
        member = _member(folder, number)
        if member.finished:
            summaries.append(member.read_summary())
            continue
        session.reporter.say(f"Network {number + 1} of {count}.")
        with member.locked():
            alone = with_kept_policy(_alone(recipe, number), folder)
            setup, summary = _train_member(session, alone, member, folder)
        summaries.append(summary)
    setup = setup or float32_setup(session, _alone(recipe, 0))
    runs = [_member(folder, number) for number in range(count)]
    members = [load_member(setup, run, trusted=recipe.model.name) for run in runs]
    val = [headline(summary, "val") or 0.0 for summary in summaries]
    about = member_summary(
        "seeds", summaries[0], val, lambda best: headline(summaries[best], "test")
    )
    best = _member(folder, about["ensemble"]["best_member"])
    spent = round(sum(s["train_seconds"] for s in summaries), 2)
    about |= {"train_seconds": spent, "seed": recipe.seed}
    return finish_ensemble(make_ensemble(members), best, folder, about)


def _train_member(
    session: Session, recipe: Recipe, member: RunFolder, folder: RunFolder
) -> tuple[TrainingSetup, dict[str, Any]]:
    """Train one network; an interruption names the folder that is resumed."""
    try:
        return train_run(session, recipe, member)
    except Interrupted as error:
        raise Interrupted(folder.path, error.step, error.total) from None


def _member(folder: RunFolder, number: int) -> RunFolder:
    return RunFolder(folder.members / str(number))


def _alone(recipe: Recipe, number: int) -> Recipe:
    """Return the recipe of one member."""
    one = type(recipe.ensemble)()
    return recipe.model_copy(
        update={"seed": (recipe.seed + number) % 2**63, "ensemble": one}
    )
