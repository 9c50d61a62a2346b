"""Refuse names that are not known, and fields that would change nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from trainwell.core.errors import RecipeError
from trainwell.core.techniques import section_names
from trainwell.recipes import _vocabulary
from trainwell.recipes._augment import tones_of
from trainwell.recipes._ensemble import CYCLES, MOMENTS
from trainwell.recipes._recipe import Recipe
from trainwell.recipes._uses import (
    both_of_heads,
    draws_weights,
    first_of_transfer,
    learned,
    needs_validation,
    starts_afresh,
    switched_off,
)


@dataclass(frozen=True)
class _Rule:
    """What must not be in a recipe, and the message; `{...}` are its fields."""

    broken: Callable[[Recipe], object]
    message: str


_NOTHING_TO_KEEP = (
    "`transfer.{first}` needs `model.pretrained`: there is nothing to keep of fresh "
    "weights."
)
_RULES = (
    _Rule(
        lambda r: r.distill.teacher is None and r.distill != type(r.distill)(),
        "`distill.temperature` and `distill.weight` need `distill.teacher`, a run.",
    ),
    _Rule(
        lambda r: r.distill.temperature is not None and r.distill.weight == 0,
        "`distill.temperature` is not used by distill.weight=0. Leave it out.",
    ),
    _Rule(
        lambda r: r.init.name and r.model.pretrained,
        "`init.name`={r.init.name} would overwrite the weights of `model.pretrained`; "
        "leave one of them out.",
    ),
    _Rule(
        lambda r: r.init.name and r.init.bias is not None and not draws_weights(r),
        "`init.bias` is not used by init.name={r.init.name}, which sets the biases "
        "itself. Leave it out.",
    ),
    _Rule(
        lambda r: r.activation.name and r.activation.per_channel and not learned(r),
        "`activation.per_channel` is not used by activation.name={r.activation.name}: "
        "use it with prelu, or with swish and activation.learned=true.",
    ),
    _Rule(switched_off, "{idle}. Leave it out."),
    _Rule(
        lambda r: (
            r.augment.pixels is not None and r.augment.crop not in (None, "pad_crop")
        ),
        "`augment.pixels` is not used by augment.crop={r.augment.crop}, but by "
        "pad_crop. Leave the field out.",
    ),
    _Rule(
        lambda r: (
            r.augment.min_area is not None
            and r.augment.crop not in (None, "resized_crop")
        ),
        "`augment.min_area` is not used by augment.crop={r.augment.crop}, but by "
        "resized_crop. Leave the field out.",
    ),
    _Rule(
        lambda r: r.augment.file is not None and r.augment.name is not None,
        "give `augment.name` or `augment.file`, not both.",
    ),
    _Rule(
        lambda r: r.data.bits > 8 and (r.augment.name or r.augment.file),
        "data.bits={r.data.bits} keeps values that `augment.name` and `augment.file` "
        "would round to 8 bits; augment.crop, flip and cutout leave them.",
    ),
    _Rule(
        lambda r: r.data.bits > 8 and tones_of(r),
        "data.bits={r.data.bits} keeps values that {tones} in `augment.operations` "
        "would round to 8 bits; operations that move or erase pixels leave them.",
    ),
    _Rule(
        lambda r: r.data.bits > 8 and r.augment.backend == "torch",
        "augment.backend=torch reads 8 bits; leave it out beside data.bits=16.",
    ),
    _Rule(
        lambda r: (
            r.data.folds is not None
            and r.data.fold is None
            and r.ensemble.kind == "seeds"
        ),
        "`data.folds` trains every fold; give `data.fold` beside ensemble.kind=seeds.",
    ),
    _Rule(
        lambda r: r.data.sampling and r.loss.class_weights not in (None, "none"),
        "data.sampling=balanced and loss.class_weights={r.loss.class_weights} would "
        "count rare classes twice; give one of them.",
    ),
    _Rule(
        lambda r: r.data.val_share == 0 and needs_validation(r),
        "`data.val_share`=0 holds no image out, which {needs} needs.",
    ),
    _Rule(
        lambda r: r.data.fold is not None and r.data.folds is None,
        "`data.fold` needs `data.folds` beside it.",
    ),
    _Rule(
        lambda r: (r.data.fold or 0) >= (r.data.folds or 1001),
        "`data.fold`={r.data.fold} must be below `data.folds`={r.data.folds}.",
    ),
    _Rule(
        lambda r: (
            r.data.folds is not None and r.data.val_share != Recipe().data.val_share
        ),
        "`data.val_share` is not used by data.folds={r.data.folds}, which validates on "
        "one fold. Leave it out.",
    ),
    _Rule(
        lambda r: r.train.time is not None and r.train.epochs is not None,
        "give `train.time` or `train.epochs`, not both.",
    ),
    _Rule(
        lambda r: r.ensemble.size is not None and r.ensemble.kind in (None, "swa"),
        "`ensemble.size` needs ensemble.kind=seeds, snapshots or soup.",
    ),
    _Rule(
        lambda r: r.ensemble.start is not None and r.ensemble.kind != "swa",
        "`ensemble.start` needs ensemble.kind=swa.",
    ),
    _Rule(
        lambda r: r.ensemble.kind in MOMENTS and r.train.average is not None,
        "give `train.average` or ensemble.kind={r.ensemble.kind}, not both.",
    ),
    _Rule(
        lambda r: r.ensemble.kind in MOMENTS and r.train.patience is not None,
        "ensemble.kind={r.ensemble.kind} needs the whole run; leave `patience`.",
    ),
    _Rule(
        lambda r: r.ensemble.kind in MOMENTS and r.prune.name is not None,
        "ensemble.kind={r.ensemble.kind} and `prune` do not go together.",
    ),
    _Rule(
        lambda r: r.ensemble.kind in CYCLES and r.schedule.name == "reduce_on_plateau",
        "ensemble.kind={r.ensemble.kind} needs a schedule that can restart.",
    ),
    _Rule(lambda r: first_of_transfer(r) and starts_afresh(r), _NOTHING_TO_KEEP),
    _Rule(both_of_heads, "give {both}, not both."),
    _Rule(
        lambda r: r.transfer.depths is not None and r.loss.name == "arcface",
        "loss.name=arcface puts cosines in place of the head; leave `transfer.depths`.",
    ),
)
_RESOLVED = (
    _Rule(lambda r: first_of_transfer(r) and not r.model.pretrained, _NOTHING_TO_KEEP),
    _Rule(
        lambda r: r.augment.alpha is not None and r.augment.mix is None,
        "`augment.alpha` needs `augment.mix` beside it.",
    ),
)


def refuse_unused(recipe: Recipe, *, resolved: bool = True) -> None:
    """Raise RecipeError for a name that is not known or a field that is not used.

    Args:
        recipe: The recipe as it was given, or as it was completed.
        resolved: Whether nothing more will be chosen for it.
    """
    for section in section_names():
        _vocabulary.checked(section, getattr(recipe, section), resolved=resolved)
    for rule in (*_RULES, *(_RESOLVED if resolved else ())):
        if rule.broken(recipe):
            message = rule.message.format(
                r=recipe,
                first=first_of_transfer(recipe),
                needs=needs_validation(recipe),
                tones=tones_of(recipe),
                idle=switched_off(recipe),
                both=both_of_heads(recipe),
            )
            raise RecipeError(message)
