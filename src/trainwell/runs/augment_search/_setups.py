"""Networks of a search: each learns from some images and is scored on others."""

from dataclasses import replace

import numpy as np

from trainwell.augment.policies import Transform
from trainwell.core.keyed import derived_seed
from trainwell.runs._reporter import Quiet
from trainwell.runs.session._session import Rows, Session
from trainwell.runs.setup._setup import TrainingSetup, build_setup
from trainwell.runs.training._evaluation import BATCH
from trainwell.training import evaluate


def network_seed(session: Session, number: int) -> int:
    """Return the seed of weights, order and augmentation of a network."""
    return derived_seed(session.recipe.seed, number, "network")


def network_setup(
    session: Session, train: Rows, val: Rows, *, number: int
) -> TrainingSetup:
    """Return network `number`: it learns from some images and is scored on others."""
    seed = network_seed(session, number)
    recipe = session.recipe.model_copy(update={"seed": seed})
    return build_setup(session.hold_out(train, val), recipe, Quiet())


def loss_under(setup: TrainingSetup, policy: Transform, epoch: int) -> float:
    """Return the loss on the held-out images, whole and changed by a policy."""
    batches = replace(
        setup.batches, dataset=setup.splits.val, store=setup.stores.val, mixing=None
    )
    total = len(batches.dataset)
    parts = np.array_split(np.arange(total), -(-total // BATCH))
    changed = (batches.transformed_by(policy, part, epoch) for part in parts)
    precision = setup.recipe.train.precision
    return evaluate(setup.model, changed, setup.metadata.task, precision=precision).loss
