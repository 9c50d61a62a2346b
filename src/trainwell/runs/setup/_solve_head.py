"""Give a setup's head the best linear classifier of the frozen features.

features of the training images, and of their mirror images if there is time
-> `solve_head` -> the network's head
"""

import time
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from trainwell.recipes import Recipe, seconds
from trainwell.runs._reporter import Reporter
from trainwell.runs.session._session import Session
from trainwell.runs.setup._forward_time import forward_time
from trainwell.runs.setup._head_inputs import HeadInputs
from trainwell.runs.setup._network import Network
from trainwell.training import KeyedBatches, plain_batch
from trainwell.transfer import solve_head

_BATCH = 16
_UNTIL, _MIRRORED = 0.6, 0.15  # shares of a time limit: to end, to see mirror images
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

    def fetch(indices: Tensor) -> Tensor:
        splits, stores = session.splits, session.stores
        rows = indices.numpy()
        return plain_batch(splits.train, stores.train, batches.settings, rows).images

    order = _order(len(targets), recipe.seed)
    seen, rows = _features(reads, fetch, order, until, reporter)
    spent = time.perf_counter() - start
    if recipe.augment.flip and len(rows) == len(order) and spent < _MIRRORED * limit:
        more, again = _features(
            reads, lambda i: fetch(i).flip(-1), order, until, reporter
        )
        seen, rows = torch.cat([seen, more]), torch.cat([rows, again])
    labels = targets[rows].to(seen.device)
    reads.put(solve_head(seen, labels, len(session.splits.classes)))
    reporter.say(
        f"Head: solved for on the features of {len(rows.unique()):,} images, in "
        f"{time.perf_counter() - start:.1f} s."
    )


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
