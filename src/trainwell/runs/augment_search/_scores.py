"""What a network makes of the images that it was not trained on."""

from dataclasses import replace

import numpy as np

from trainwell.augment.policies import Transform
from trainwell.runs._prepare import Prepared
from trainwell.training import Evaluation, evaluate, plain_batches

_BATCH = 250


def loss_under(ready: Prepared, policy: Transform, epoch: int) -> float:
    """Return the loss on the held-out images, whole and changed by a policy."""
    batches = replace(
        ready.batches, dataset=ready.splits.val, store=ready.stores.val, mixing=None
    )
    total = len(batches.dataset)
    parts = np.array_split(np.arange(total), -(-total // _BATCH))
    shown = (batches.transformed_by(policy, part, epoch) for part in parts)
    precision = ready.recipe.train.precision
    return evaluate(ready.model, shown, precision=precision).loss


def judged(ready: Prepared) -> Evaluation:
    """Return the answers on the held-out images, whole and unchanged."""
    view = ready.batches.view
    shown = plain_batches(ready.splits.val, ready.stores.val, view, _BATCH)
    return evaluate(ready.model, shown, precision=ready.recipe.train.precision)
