"""A training setup: a network with its batches, ready to train as a recipe says.

network -> batches -> transfer -> initial weights -> head -> precision and memory format
"""

import time
from dataclasses import dataclass

import torch
from torch import nn

from trainwell.data import Splits
from trainwell.infer import ModelMetadata
from trainwell.layers.norm import keep_statistics
from trainwell.recipes import Recipe
from trainwell.runs._reporter import Reporter
from trainwell.runs.session._session import Session
from trainwell.runs.session._stores import Stores
from trainwell.runs.setup._explained import norms_explained
from trainwell.runs.setup._network import build_network
from trainwell.runs.setup._setup_steps import (
    apply_transfer,
    build_batches,
    build_loss,
    choose_step,
    initialize,
    plain_steps,
)
from trainwell.runs.setup._solve_head import FirstAnswers, solve_for_head
from trainwell.runs.setup._time_left import lacking_line, seconds_lacking
from trainwell.training import KeyedBatches, Loss
from trainwell.transfer import Block

SETTLED = (
    "Nothing more is trained in a limited time: no later weights were better in up to "
    "ten minutes; train.epochs=N trains all layers."
)


@dataclass(frozen=True)
class TrainingSetup:
    """A network with its batches and its metadata, ready to train.

    Attributes:
        session: The data, the device and the reporter.
        loss_fn: (outputs, targets) -> one value per sample.
        recipe: Complete, with transfer, precision and memory format settled.
        model: The network, on its device.
        batches: The augmented training batches.
        metadata: What will be saved beside the weights.
        blocks: The blocks of the network, where transfer distinguishes them.
        timings: Images per second of each precision and memory format that was timed.
        seconds: How long opening the session and building took.
        first: What the first weights answer, where that is known already.
        idle: Whether a time limit leaves no time to train.
    """

    session: Session
    recipe: Recipe
    loss_fn: Loss
    model: nn.Module
    batches: KeyedBatches
    metadata: ModelMetadata
    blocks: tuple[Block, ...]
    timings: dict[str, float]
    seconds: float
    first: FirstAnswers | None = None
    idle: bool = False

    @property
    def splits(self) -> Splits:
        """The session's images."""
        return self.session.splits

    @property
    def stores(self) -> Stores:
        """The pixels of these images."""
        return self.session.stores

    @property
    def device(self) -> torch.device:
        """Where the network is."""
        return self.session.device


def build_setup(
    session: Session,
    recipe: Recipe | None = None,
    reporter: Reporter | None = None,
    *,
    fresh: bool = True,
) -> TrainingSetup:
    """Build the network, its batches and its first weights, as the recipe says.

    Args:
        session: The data, the device and the reporter.
        recipe: Complete; the session's own by default.
        reporter: Shows messages and progress; the session's own by default.
        fresh: Solve for the head where the recipe says so; otherwise weights that were
            saved will be loaded.
    """
    recipe, reporter = recipe or session.recipe, reporter or session.reporter
    start = time.perf_counter()
    torch.manual_seed(recipe.seed)
    network = build_network(session, recipe)
    batches = build_batches(session, recipe, network)
    blocks = apply_transfer(session, recipe, network, batches, reporter)
    initialize(session, recipe, network, batches)
    first, idle = None, False
    if recipe.transfer.solve:
        if fresh:
            solved = solve_for_head(session, recipe, network, batches, reporter)
            first, limit = solved.answers, recipe.train.time
            network = solved.network
            spent = session.seconds + time.perf_counter() - start
            lacking = seconds_lacking(limit, spent, solved.pace, session.splits)
            if limit is not None and (lacking or solved.settled):
                idle, recipe = True, plain_steps(recipe)
                reporter.say(SETTLED if not lacking else lacking_line(limit, lacking))
        keep_statistics(network.model)
    loss_fn = build_loss(session, recipe, network)
    with norms_explained(batches.batch_size, recipe.data.image_size):
        spent = session.seconds + time.perf_counter() - start
        recipe, batches, timings = choose_step(
            recipe, network, batches, loss_fn, reporter, spent
        )
    spent = session.seconds + time.perf_counter() - start
    return TrainingSetup(
        session=session,
        recipe=recipe,
        loss_fn=loss_fn,
        model=network.model,
        batches=batches,
        metadata=network.metadata,
        blocks=blocks,
        timings=timings,
        seconds=spent,
        first=first,
        idle=idle,
    )


def float32_setup(session: Session, recipe: Recipe | None = None) -> TrainingSetup:
    """Build a setup to measure or evaluate in: float32, and no step is timed."""
    recipe = recipe or session.recipe
    fixed = {"precision": "float32", "memory_format": "contiguous"}
    train = recipe.train.model_copy(update=fixed)
    return build_setup(session, recipe.model_copy(update={"train": train}))
