"""Turn the sections of a complete recipe into the components they name.

Each component is called with exactly the fields its signature has; a field that was
set but that the named component has no use for is an error, never ignored.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from trainwell import losses, optim, schedules
from trainwell.augment.policies import PadCrop, Plain, Policy, RandomResizedCrop
from trainwell.core.errors import RecipeError
from trainwell.recipes._recipe import Recipe, Section
from trainwell.schedules import Schedule

_USED: dict[str, dict[str, set[str]]] = {
    "optimizer": {
        "sgd": {"lr", "weight_decay"},
        "momentum": {"lr", "momentum", "weight_decay"},
        "nesterov": {"lr", "momentum", "weight_decay"},
        "adamw": {"lr", "weight_decay"},
        "muon": {"lr", "momentum", "weight_decay", "head_scale", "bias_scale"},
    },
    "schedule": {
        "constant": {"warmup"},
        "step": {"warmup", "factor", "boundaries"},
        "cosine": {"warmup", "final"},
        "linear": {"warmup", "final"},
    },
    "augment": {
        "none": {"flip", "border"},
        "pad_crop": {"flip", "border", "pixels"},
        "resized_crop": {"flip", "border", "min_area"},
    },
}
_CHOICE = {"augment": "policy"}


def refuse_unused(recipe: Recipe) -> None:
    """Raise RecipeError for a field that the component named beside it ignores."""
    for section, kinds in _USED.items():
        given: Section = getattr(recipe, section)
        choice = _CHOICE.get(section, "name")
        kind = getattr(given, choice)
        if kind is None:
            continue
        fields = {k for k, v in given.model_dump().items() if v is not None} - {choice}
        for field in sorted(fields - kinds[kind]):
            raise RecipeError(
                f"`{section}.{field}` is not used by {section}.{choice}={kind}; it "
                f"takes {', '.join(sorted(kinds[kind]))}. Leave the field out."
            )
    if recipe.train.time is not None and recipe.train.epochs is not None:
        raise RecipeError("give `train.time` or `train.epochs`, not both.")


def make_loss(
    recipe: Recipe, class_counts: Tensor, device: torch.device
) -> Callable[[Tensor, Tensor], Tensor]:
    """Return (outputs, targets) -> one value per sample."""
    weights = None
    if recipe.loss.class_weights == "balanced":
        weights = losses.balanced_weights(class_counts).to(device)
    smoothing = recipe.loss.label_smoothing or 0.0

    def loss(outputs: Tensor, targets: Tensor) -> Tensor:
        return losses.cross_entropy(
            outputs, targets, label_smoothing=smoothing, class_weights=weights
        )

    return loss


def make_optimizer(recipe: Recipe, model: nn.Module) -> torch.optim.Optimizer:
    """Return the optimizer over the model's trainable parameters."""
    fields = recipe.optimizer.model_dump(exclude_none=True)
    name = fields.pop("name")
    if name == "muon":
        return optim.muon(model, **fields)
    makers: dict[str, Callable[..., torch.optim.Optimizer]] = {
        "sgd": optim.sgd,
        "momentum": optim.momentum,
        "nesterov": optim.nesterov,
        "adamw": optim.adamw,
    }
    groups = optim.decay_groups(model, fields.pop("weight_decay"))
    return makers[name](groups, **fields)


def make_schedule(recipe: Recipe) -> Schedule:
    """Return progress -> factor."""
    fields: dict[str, Any] = recipe.schedule.model_dump(exclude_none=True)
    share = fields.pop("warmup")
    makers: dict[str, Callable[..., Schedule]] = {
        "constant": schedules.constant,
        "step": schedules.step,
        "cosine": schedules.cosine,
        "linear": schedules.linear,
    }
    schedule = makers[fields.pop("name")](**fields)
    return schedules.warmup(schedule, share) if share else schedule


def make_policy(recipe: Recipe) -> Policy:
    """Return the augmentation policy of training images."""
    augment, fit = recipe.augment, recipe.data.fit or "pad"
    flip = bool(augment.flip)
    if augment.policy == "pad_crop":
        size = recipe.data.image_size or 0
        return PadCrop(size=size, pixels=augment.pixels or 0, fit=fit, flip=flip)
    if augment.policy == "resized_crop":
        return RandomResizedCrop(min_area=augment.min_area or 0.35, fit=fit, flip=flip)
    return Plain(fit=fit, flip=flip)
