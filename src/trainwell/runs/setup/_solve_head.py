"""Give a setup's head the best linear classifier of the frozen features.

features of the training images, and of their mirror images if there is time
-> `choose_head` by features of the validation images -> the network's head
"""

import time
from collections.abc import Callable
from functools import partial

import numpy as np
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
from trainwell.training import KeyedBatches, RenderSettings, plain_batch

_BATCH = 16
_UNTIL, _MIRRORED = 0.6, 0.15  # shares of a time limit: to end, to see mirror images
_JUDGES = 1_000  # validation images that choose, at most
_MOST = 250_000_000  # numbers that are kept: 1 GB


def solve_for_head(
    session: Session,
    recipe: Recipe,
    network: Network,
    batches: KeyedBatches,
    reporter: Reporter,
) -> None:
    """Compute features and solve for the head.

    Where a time limit is short, some of the images have to do.
    """
    start = time.perf_counter()
    limit = seconds(recipe.train.time) if recipe.train.time else float("inf")
    until = start + _UNTIL * limit - session.seconds
    reads = HeadInputs(network.model, quick=_quick(session, recipe))
    targets = torch.from_numpy(session.splits.train.targets)
    settings = batches.settings
    fetch = partial(_images, session.splits.train, session.stores.train, settings)
    order = _order(len(targets), recipe.seed)
    seen, rows = _features(reads, fetch, order, until, reporter)
    spent = time.perf_counter() - start
    if recipe.augment.flip and len(rows) == len(order) and spent < _MIRRORED * limit:
        more, again = _features(
            reads, lambda i: fetch(i).flip(-1), order, until, reporter
        )
        seen, rows = torch.cat([seen, more]), torch.cat([rows, again])
    train = (seen, targets[rows].to(seen.device))
    val = _held_out(session, settings, reads, until, reporter)
    head, name = choose_head(train, val, len(session.splits.classes))
    reads.put(head)
    reporter.say(
        f"Head: {name} on the features of {len(rows.unique()):,} images, in "
        f"{time.perf_counter() - start:.1f} s."
    )


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
    found: list[Tensor] = []
    done = 0
    with reporter.progress("Computing features", len(order)) as advance:
        for part in order.split(_BATCH):
            if found and time.perf_counter() > until:
                break
            found.append(reads(fetch(part)))
            done += len(part)
            advance(len(part))
            if done * found[0].shape[1] > _MOST:
                break
    return torch.cat(found), order[:done]
