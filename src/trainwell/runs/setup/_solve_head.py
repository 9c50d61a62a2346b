"""Give a setup's head the best linear classifier of the frozen features.

features of the training images, and of their mirror images if there is time
-> `choose_head` by features of the validation images -> the network's head
"""

import time
from collections.abc import Callable
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
from trainwell.runs.setup._forward_time import forward_time
from trainwell.runs.setup._head_inputs import HeadInputs
from trainwell.runs.setup._network import Network
from trainwell.runs.setup._time_left import num_to_evaluate
from trainwell.training import KeyedBatches, RenderSettings, plain_batch
from trainwell.transfer import LinearHead

_BATCH = 16
_UNTIL = 0.6  # share of a time limit in which it is done, if training may follow
_REST, _SHARE = 4.0, 0.06  # seconds or share of a limit to solve and to report
_JUDGES = 1_000  # validation images that choose, at most
_MOST = 250_000_000  # numbers that are kept: 1 GB


@dataclass(frozen=True)
class FirstAnswers:
    """What the network answers with its first head.

    Attributes:
        train: Logits of all training images, (n, classes).
        val: Logits of all validation images.
    """

    train: npt.NDArray[np.float32]
    val: npt.NDArray[np.float32]


@dataclass(frozen=True)
class Solved:
    """What is known once a head was solved for.

    Attributes:
        answers: Of the first weights; None if the features were rounded to bfloat16, or
            are those of some images only.
        pace: Seconds in which one image passes through the network.
    """

    answers: FirstAnswers | None
    pace: float


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
    targets = torch.from_numpy(session.splits.train.targets)
    settings = batches.settings
    judging = time.perf_counter()
    val = _held_out(session, settings, reads, until, reporter)
    judging = time.perf_counter() - judging
    end = until
    if val is not None:
        follow = num_to_evaluate(session.splits) * judging / len(val[1])
        end = start + limit - session.seconds - follow - max(_REST, _SHARE * limit)
    fetch = partial(_images, session.splits.train, session.stores.train, settings)
    order = _order(len(targets), recipe.seed)
    began = time.perf_counter()
    once, rows = _features(reads, fetch, order, max(until, end), reporter)
    spent, whole = time.perf_counter() - began, len(rows) == len(order)
    seen, every = once, rows
    if recipe.augment.flip and whole and time.perf_counter() + spent < until:
        mirrored, again = _features(
            reads, lambda i: fetch(i).flip(-1), order, until, reporter
        )
        seen, every = torch.cat([once, mirrored]), torch.cat([rows, again])
    train = (seen, targets[every].to(seen.device))
    head, name = choose_head(train, val, len(session.splits.classes))
    reads.put(head)
    reporter.say(
        f"Head: {name} on the features of {len(rows):,} images, in "
        f"{time.perf_counter() - start:.1f} s."
    )
    pace = spent / len(rows)
    if quick or not whole or val is None or len(val[1]) < len(session.splits.val):
        return Solved(None, pace)
    back = rows.argsort().to(once.device)
    return Solved(FirstAnswers(_logits(head, once[back]), _logits(head, val[0])), pace)


def _logits(head: LinearHead, features: Tensor) -> npt.NDArray[np.float32]:
    return head.logits(features).float().cpu().numpy()


def _held_out(
    session: Session,
    settings: RenderSettings,
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
    seen, order = _features(reads, fetch, order, until, reporter)
    return seen, torch.from_numpy(val.targets)[order].to(seen.device)


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


def _features(
    reads: HeadInputs,
    fetch: Callable[[Tensor], Tensor],
    order: Tensor,
    until: float,
    reporter: Reporter,
) -> tuple[Tensor, Tensor]:
    """Return the features of as many images as there is time for, and their indices."""
    found = torch.empty(0)
    done = 0
    with reporter.progress("Computing features", len(order)) as advance:
        for part in order.split(_BATCH):
            if done and time.perf_counter() > until:
                break
            numbers = reads(fetch(part))
            if not done:  # in one piece: they may fill a gigabyte
                most = min(len(order), max(_MOST // numbers.shape[1], len(part)))
                found = numbers.new_empty(most, numbers.shape[1])
            kept = numbers[: len(found) - done]
            found[done : done + len(kept)] = kept
            done += len(kept)
            advance(len(part))
            if done == len(found):
                break
    return found[:done], order[:done]
