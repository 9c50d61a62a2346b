"""Turn the sections of a complete recipe into the components they name.

Each component is called with exactly the fields that its signature has; a field that
was set but that the named component has no use for is an error, never ignored.
"""

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy.typing as npt
import torch
from torch import Tensor, nn

from trainwell import losses, optim, schedules
from trainwell.core.errors import RecipeError
from trainwell.core.techniques import builders
from trainwell.recipes import _vocabulary
from trainwell.recipes._ensemble import num_cycles
from trainwell.recipes._recipe import Recipe
from trainwell.schedules import Schedule
from trainwell.tasks import Task

_POWERS = {"balanced": 1.0, "sqrt": 0.5}  # of a class's inverse frequency
PLATEAU = "reduce_on_plateau"
"""The schedule that follows validation instead of progress."""


def component(recipe: Recipe, section: str) -> Callable[..., Any]:
    """Return the function that a section names, its arguments already given.

    A ValueError that it raises names the section.
    """
    specified = getattr(recipe, section)
    builder = builders(section)[specified.name]
    arguments = _vocabulary.checked(section, specified)

    def build(*args: Any, **more: Any) -> Any:  # noqa: ANN401
        try:
            return builder(*args, **{**arguments, **more})
        except ValueError as error:
            raise RecipeError(f"{section}.name={specified.name}: {error}") from error

    return build


def make_loss(
    recipe: Recipe, task: Task, targets: npt.NDArray[Any], device: torch.device
) -> Callable[[Tensor, Tensor], Tensor]:
    """Return (outputs, targets) -> one value per sample.

    Args:
        recipe: Complete.
        task: What is predicted.
        targets: Those of the training images, by which rare ones are weighed.
        device: Where it is computed.
    """
    loss = component(recipe, "loss")
    takes = inspect.signature(builders("loss")[recipe.loss.name or ""]).parameters
    more: dict[str, Any] = {"reduction": "none"}
    if recipe.loss.label_smoothing:
        more["label_smoothing"] = recipe.loss.label_smoothing
    if (power := _POWERS.get(recipe.loss.class_weights or "none")) is not None:
        counts = torch.from_numpy(task.counts(targets))
        more["weight"] = losses.balanced_weights(counts, power).to(device)
    for key in more:
        if key not in takes:
            field = "class_weights" if key == "weight" else key
            raise RecipeError(
                f"`loss.{field}` is not used by loss.name={recipe.loss.name}."
            )
    more |= {k: v for k, v in task.loss_arguments().items() if k in takes}
    if recipe.loss.name == "arcface":
        scale = _vocabulary.argument("loss", recipe.loss, "scale")
        return lambda outputs, targets: loss(outputs / scale, targets, **more)
    if "visible" in takes or task.linear != "classes":
        return partial(_of_vectors, loss, task, more)
    return partial(loss, **more)


def _of_vectors(
    loss: Callable[..., Tensor],
    task: Task,
    more: dict[str, Any],
    outputs: Tensor,
    targets: Tensor,
) -> Tensor:
    said, wanted, own = task.loss_inputs(outputs, targets)
    return loss(said, wanted, **more, **own)


def make_penalty(recipe: Recipe, model: nn.Module) -> Callable[[], Tensor] | None:
    """Return what the weights cost; None without a penalty, or if it only shrinks."""
    specified = recipe.penalty
    if specified.name is None or specified.proximal:
        return None
    penalty, weights = component(recipe, "penalty"), optim.decayed_weights(model)
    return lambda: (specified.weight or 0.0) * penalty(weights)


def make_optimizer(recipe: Recipe, model: nn.Module) -> torch.optim.Optimizer:
    """Return the optimizer over the model's trainable parameters."""
    specified, make = recipe.optimizer, component(recipe, "optimizer")
    name, decay = specified.name or "", specified.weight_decay
    accepted = inspect.signature(builders("optimizer")[name]).parameters
    whole = "model" in accepted
    if decay and not _vocabulary.decays(name):
        raise RecipeError(
            f"`optimizer.weight_decay` is not used by optimizer.name={name}; add "
            "`penalty=l2` instead."
        )
    lr = specified.lr or 0.0
    if specified.base_batch_size is not None:
        lr = scaled_rate(recipe)
    if whole:
        decays = {"weight_decay": decay or 0.0} if "weight_decay" in accepted else {}
        optimizer: torch.optim.Optimizer = make(model, lr, **decays)
    else:
        optimizer = make(optim.decay_groups(model, decay or 0.0), lr)
    if specified.lookahead is not None:
        optimizer = optim.Lookahead(optimizer, steps=specified.lookahead)
    return optimizer


def scaled_rate(recipe: Recipe) -> float:
    """Return the learning rate multiplied by the batch-size rule."""
    return float(
        schedules.scale_rate(
            recipe.optimizer.lr or 0.0,
            batch_size=recipe.train.batch_size or 1,
            base_batch_size=recipe.optimizer.base_batch_size or 1,
        )
    )


def warmup_share(recipe: Recipe) -> float:
    """Return the share of the run over which the rate rises; 0 if that is in steps."""
    given = recipe.schedule.warmup or 0.0
    return given if given < 1 else 0.0


def warmup_steps(recipe: Recipe) -> int:
    """Return the steps over which the rate rises; 0 if that is a share of the run."""
    given = recipe.schedule.warmup or 0.0
    return int(given) if given >= 1 else 0


def warmup_length(recipe: Recipe, total_steps: float) -> int:
    """Return the steps in which the rate rises in a run of so many."""
    return warmup_steps(recipe) or round(warmup_share(recipe) * total_steps)


def make_schedule(recipe: Recipe) -> Schedule:
    """Return progress -> factor; constant where validation decides the rate."""
    schedule: Schedule = schedules.constant()
    if recipe.schedule.name != PLATEAU:
        schedule = component(recipe, "schedule")()
    if warmup_share(recipe):
        schedule = schedules.warmup(schedule, warmup_share(recipe))
    if recipe.prune.name == "lottery_ticket":
        rounds = int(_vocabulary.argument("prune", recipe.prune, "rounds"))
        schedule = schedules.restarts(schedule, cycles=rounds + 1, growth=1.0)
    if (cycles := num_cycles(recipe)) is not None:
        schedule = schedules.restarts(schedule, cycles=cycles, growth=1.0)
    return schedule
