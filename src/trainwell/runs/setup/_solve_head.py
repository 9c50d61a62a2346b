"""Give a setup's head the best linear classifier of the frozen features.

features of the training images, and of their mirror images if there is time
-> `choose_head` by features of the validation images -> the network's head
"""

import time
from dataclasses import dataclass
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
from trainwell.runs.setup._time_left import num_to_evaluate
from trainwell.tasks import Task
from trainwell.training import (
    KeyedBatches,
    Outputs,
    RenderSettings,
    plain_batch,
    whole_targets,
)
from trainwell.transfer import LinearHead

_UNTIL = 0.6  # share of a time limit in which it is done, if training may follow
_LOOK = 1.5  # times as long as features of all images takes a second look at them
_REST, _SHARE = 4.0, 0.06  # seconds or share of a limit to solve and to report
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
    start = time.perf_counter()
    limit = seconds(recipe.train.time) if recipe.train.time else float("inf")
    until = start + _UNTIL * limit - session.seconds
    quick = _quick(session, recipe)
    reads = HeadInputs(network.model, quick=quick)
    settings, task = batches.settings, network.metadata.task
    shown, frames = whole_targets(session.splits.train, settings)
    targets = torch.from_numpy(shown)
    judging = time.perf_counter()
    val = _held_out(session, settings, task, reads, until, reporter)
    judging = time.perf_counter() - judging
    end, follow = until, 0.0
    if val is not None:
        follow = num_to_evaluate(session.splits) * judging / len(val[1])
        end = start + limit - session.seconds - follow - max(_REST, _SHARE * limit)
    fetch = partial(_images, session.splits.train, session.stores.train, settings)
    order = _order(len(targets), recipe.seed)
    began = time.perf_counter()
    once, rows = features_of(reads, fetch, order, max(until, end), reporter)
    spent, whole = time.perf_counter() - began, len(rows) == len(order)
    seen, learned = once, _wanted(task, targets)[rows]
    twice = recipe.transfer.looks == 2 and whole and val is not None
    flip = bool(recipe.augment.flip)
    first_cost = (1 + 3 * _LOOK if twice else 1) * spent
    if flip and whole and time.perf_counter() + first_cost < until:
        mirrored, again = features_of(
            reads, lambda i: fetch(i).flip(-1), order, until, reporter
        )
        turned = _wanted(task, task.mirrored(targets))[again]
        seen, learned = torch.cat([once, mirrored]), torch.cat([learned, turned])
    train = (seen, learned.to(seen.device))
    head, name = choose_head(train, val, task)
    reads.put(head)
    reporter.say(
        f"Head: {name} on the features of {len(rows):,} images, in "
        f"{time.perf_counter() - start:.1f} s."
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
    left = max(until, end - follow) - time.perf_counter()  # evaluating takes twice, too
    num_passes = passes_that_fit(left, spent, tuple(once.shape)) if twice else 0
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
