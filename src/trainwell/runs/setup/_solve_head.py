"""Give a setup's head the best linear classifier of the frozen features.

features of the training images, and of their mirror images if there is time
-> `choose_head` by features of the validation images -> the network's head
"""

import time
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from trainwell.data import Dataset, ImageStore, evenly_spaced_indices
from trainwell.recipes import Recipe, seconds
from trainwell.runs._reporter import Reporter
from trainwell.runs.session._session import Session
from trainwell.runs.setup._choose_head import Features, choose_head
from trainwell.runs.setup._features import features_of
from trainwell.runs.setup._forward_time import forward_time
from trainwell.runs.setup._head_inputs import HeadInputs
from trainwell.runs.setup._network import Network
from trainwell.runs.setup._solve_second_look import (
    Seen,
    passes_that_fit,
    solve_second_look,
)
from trainwell.runs.setup._time_left import TimePlan, num_to_evaluate, solving_seconds
from trainwell.tasks import Task
from trainwell.training import (
    KeyedBatches,
    Outputs,
    RenderSettings,
    plain_batch,
    whole_targets,
)
from trainwell.transfer import LinearHead

_LOOK = 1.5  # times as long as features of all images takes a second look at them
_JUDGES = 1_000  # validation images that choose, at most


@dataclass(frozen=True)
class FirstAnswers:
    """What the network answers with its first head.

    Attributes:
        train: Of all training images.
        val: Of all validation images.
    """

    train: Outputs
    val: Outputs


@dataclass(frozen=True)
class Solved:
    """What is known once a head was solved for.

    Attributes:
        answers: Of the first weights; None if the features were rounded to bfloat16, or
            are those of some images only.
        pace: Seconds in which one image passes through the network.
        network: The network; another one where it looks twice.
        settled: Whether no later weights are known to be better in a limited time.
    """

    answers: FirstAnswers | None
    pace: float
    network: Network
    settled: bool = False


def solve_for_head(
    session: Session,
    recipe: Recipe,
    network: Network,
    batches: KeyedBatches,
    reporter: Reporter,
) -> Solved:
    """Compute features and solve for the head.

    Where a time limit is short, some of the images have to do.
    """
    limit = seconds(recipe.train.time) if recipe.train.time else float("inf")
    plan = TimePlan(time.perf_counter(), limit, session.seconds)
    quick = _quick(session, recipe)
    reads = HeadInputs(network.model, quick=quick)
    settings, task = batches.settings, network.metadata.task
    shown, frames = whole_targets(session.splits.train, settings)
    targets = torch.from_numpy(shown)
    began = time.perf_counter()
    val = _held_out(session, settings, task, reads, plan.judged, reporter)
    if val is not None:
        of_each = (time.perf_counter() - began) / len(val[1])
        plan = replace(plan, follow=num_to_evaluate(session.splits) * of_each)
    fetch = partial(_images, session.splits.train, session.stores.train, settings)
    order = _order(len(targets), recipe.seed)
    began = time.perf_counter()
    once, rows = features_of(reads, fetch, order, plan.features, reporter)
    spent, whole = time.perf_counter() - began, len(rows) == len(order)
    seen, learned = once, _wanted(task, targets)[rows]
    flip = bool(recipe.augment.flip)
    twice = recipe.transfer.looks == 2 and whole and val is not None
    cost = (1 + 3 * _LOOK if twice else 1) * spent
    if task.linear == "numbers":
        cost += solving_seconds(2 * len(rows), once.shape[1])
    if flip and whole and plan.fits(cost):
        mirrored, again = features_of(
            reads, lambda i: fetch(i).flip(-1), order, plan.until, reporter
        )
        turned = _wanted(task, task.mirrored(targets))[again]
        seen, learned = torch.cat([once, mirrored]), torch.cat([learned, turned])
    train = (seen, learned.to(seen.device))
    began = time.perf_counter()
    head, name = choose_head(train, val, task)
    solving = (time.perf_counter() - began) * (len(once) / len(seen)) ** 2
    reads.put(head)
    reporter.say(
        f"Head: {name} on the features of {len(rows):,} images, in "
        f"{time.perf_counter() - plan.start:.1f} s."
    )
    pace = spent / len(rows)
    if quick or not whole or val is None or len(val[1]) < len(session.splits.val):
        return Solved(None, pace, network)
    back = rows.argsort().to(once.device)
    of_val, val_frames = whole_targets(session.splits.val, settings)
    first = FirstAnswers(
        Outputs(_logits(head, once[back]), shown, frames),
        Outputs(_logits(head, val[0]), of_val, val_frames),
    )
    left = plan.left_to_look(pace, len(once), len(val[1]))
    shape = tuple(once.shape)
    num_passes = passes_that_fit(left, spent, shape, solving) if twice else 0
    if not num_passes:
        return Solved(first, pace, network)
    flips = [flip and number % 2 == 1 for number in range(num_passes)]
    looking = solve_second_look(
        network,
        reads,
        Seen(session.splits.train, session.stores.train, _points(first.train)),
        Seen(session.splits.val, session.stores.val, _points(first.val)),
        settings,
        flips=flips,
        reporter=reporter,
    )
    return Solved(None, 2 * pace, looking, settled=True)


def _points(outputs: Outputs) -> Tensor:
    return torch.from_numpy(outputs.values)


def _wanted(task: Task, targets: Tensor) -> Tensor:
    """Return what a linear model is solved for: classes, or vectors."""
    return targets if task.linear == "classes" else task.vectors(targets)


def _logits(head: LinearHead, features: Tensor) -> npt.NDArray[np.float32]:
    return head.logits(features).float().cpu().numpy()


def _held_out(
    session: Session,
    settings: RenderSettings,
    task: Task,
    reads: HeadInputs,
    until: float,
    reporter: Reporter,
) -> Features | None:
    """Return features of validation images, if there are enough and there is time."""
    val = session.splits.val
    if not session.splits.held_out or time.perf_counter() > until:
        return None
    rows = evenly_spaced_indices(len(val), min(len(val), _JUDGES))
    fetch = partial(_images, val, session.stores.val, settings)
    order = torch.from_numpy(rows)
    seen, order = features_of(reads, fetch, order, until, reporter)
    targets = torch.from_numpy(whole_targets(val, settings)[0])
    return seen, _wanted(task, targets)[order].to(seen.device)


def _images(
    dataset: Dataset, store: ImageStore, settings: RenderSettings, rows: Tensor
) -> Tensor:
    return plain_batch(dataset, store, settings, rows.numpy()).images


def _quick(session: Session, recipe: Recipe) -> bool:
    """Tell whether features may be computed in bfloat16, and are faster so."""
    if recipe.train.precision == "float32":
        return False
    return session.device.type != "cpu" or forward_time().precision == "bfloat16"


def _order(count: int, seed: int) -> Tensor:
    """Return the images in an order of which every part is a fair part."""
    return torch.from_numpy(np.random.default_rng(seed).permutation(count))
