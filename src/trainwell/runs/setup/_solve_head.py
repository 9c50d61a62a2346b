"""Give a setup's head the best linear classifier of the frozen features.

features of the training images, and of their mirror images if there is time
-> `solve_head` -> the network's head
"""

import time
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from trainwell.core.device import computes_in_bfloat16
from trainwell.core.modes import evaluating
from trainwell.layers.norm import freeze_statistics, has_statistics
from trainwell.models import AllDepths
from trainwell.recipes import Recipe, seconds
from trainwell.runs._reporter import Reporter
from trainwell.runs.session._session import Session
from trainwell.runs.setup._network import Network
from trainwell.training import KeyedBatches, autocast, plain_batch
from trainwell.transfer import LinearHead, solve_head

_BATCH = 64
_UNTIL, _MIRRORED_UNTIL = 0.45, 0.15  # shares of a time limit after which it ends
_MOST = 200_000_000  # numbers held: 0.8 GB
_PRIME = 7_919  # steps through the images, so that a part of them is a fair part


def solve_for_head(
    session: Session,
    recipe: Recipe,
    network: Network,
    batches: KeyedBatches,
    reporter: Reporter,
) -> None:
    """Compute features, solve for the head, and keep the statistics of all norms.

    Where a time limit is short, some of the images have to do.
    """
    began = time.perf_counter() - session.seconds
    limit = seconds(recipe.train.time) if recipe.train.time else float("inf")
    head = _last_linear(network.model)
    features, targets = _features(
        session, recipe, network.model, batches, reporter, began, limit
    )
    num_classes = head.out_features
    solved = solve_head(features, targets, num_classes)
    _put(network.model, head, solved)
    for layer in network.model.modules():
        if has_statistics(layer):
            freeze_statistics(layer)
    said = (solved.logits(features).argmax(1) == targets).float().mean().item()
    reporter.say(
        f"Head: solved for on the features of {len(targets):,} images in "
        f"{time.perf_counter() - began - session.seconds:.1f} s; right on {said:.1%} "
        "of them."
    )
