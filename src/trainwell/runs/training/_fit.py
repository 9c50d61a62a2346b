"""Train a setup: the one place where a recipe's parts meet the training loop."""

from collections.abc import Sequence

from trainwell.recipes import (
    Recipe,
    make_hooks,
    make_optimizer,
    make_penalty,
    make_plateau,
    make_schedule,
    scale_backbone_lr,
    warmup_steps,
)
from trainwell.runs.setup._explained import norms_explained
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.runs.setup._teacher import make_distillation
from trainwell.schedules import Schedule, warmup_factor
from trainwell.training import (
    AdaptPolicy,
    Batches,
    Hook,
    TrainState,
    fit,
    start_average,
)

_CHECK_EVERY = 20  # steps between checks of the loss on an accelerator


def new_state(setup: TrainingSetup, total_steps: int) -> TrainState:
    """Return the state of a training that begins, with the recipe's optimizer."""
    optimizer = make_optimizer(setup.recipe, setup.model)
    if setup.blocks:
        scale_backbone_lr(setup.recipe, optimizer, setup.blocks)
    return TrainState(
        model=setup.model,
        optimizer=optimizer,
        total_steps=total_steps,
        average=start_average(setup.model) if setup.recipe.train.average else None,
    )


def fit_setup(
    setup: TrainingSetup,
    state: TrainState,
    *,
    batches: Batches | None = None,
    schedule: Schedule | None = None,
    evaluator: Hook | None = None,
    hooks: Sequence[Hook] = (),
) -> TrainState:
    """Train with everything that the recipe specifies; what is given replaces it.

    Loss, teacher, penalty, gradient treatment, schedule, pruning, averages, snapshots,
    unfreezing, augmentation that learns, and precision are the recipe's.

    Args:
        setup: The network and its batches.
        state: From `new_state`; changed in place and returned.
        batches: Instead of the setup's own.
        schedule: Instead of the recipe's, as in a learning rate range test.
        evaluator: Measures validation accuracy, which `reduce_on_plateau` follows.
        hooks: Further hooks, called after those of the recipe.

    Raises:
        DivergedError: If the loss is no longer finite.
    """
    recipe, per_epoch = setup.recipe, setup.batches.per_epoch
    policy = setup.batches.learning
    every = 1 if setup.device.type == "cpu" else _CHECK_EVERY
    following = [] if evaluator is None else [evaluator, *make_plateau(recipe)]
    with norms_explained(setup.batches.batch_size, recipe.data.image_size):
        return fit(
            state,
            setup.batches if batches is None else batches,
            setup.loss_fn,
            schedule=_schedule(recipe, state) if schedule is None else schedule,
            hooks=[
                *make_hooks(recipe, setup.blocks, per_epoch, check_every=every),
                *([] if policy is None else [AdaptPolicy(policy, setup.batches)]),
                *following,
                *hooks,
            ],
            precision=recipe.train.precision,
            penalty=make_penalty(recipe, setup.model) if recipe.penalty.name else None,
            average_decay=recipe.train.average or 0.0,
            distill=make_distillation(setup),
        )


def _schedule(recipe: Recipe, state: TrainState) -> Schedule:
    """Return the recipe's schedule, times its warm-up where that is in steps."""
    schedule, steps = make_schedule(recipe), warmup_steps(recipe)
    if not steps:
        return schedule
    return lambda progress: schedule(progress) * warmup_factor(state.step, steps)
