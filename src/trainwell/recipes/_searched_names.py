"""What a search may choose among by name, and the fields that depend on a name.

`none` stands for no augmentation policy, no noise and no penalty. The recipe's own name
is always among the choices.
"""

from collections.abc import Mapping

from trainwell.core.image_size import height_and_width
from trainwell.recipes._recipe import Recipe
from trainwell.tuning import Choices, Range, Value

NONE = "none"
_SMALL = 64  # pixels
_NAMES: Mapping[str, tuple[str, ...]] = {
    "optimizer.name": ("nesterov", "adamw", "muon"),
    "schedule.name": ("cosine", "linear", "one_cycle", "step", "constant"),
    "augment.name": (NONE, "randaugment", "trivialaugment", "color_jitter"),
    "noise.name": (NONE, "dropout", "channel_dropout", "stochastic_depth"),
    "penalty.name": (NONE, "l1", "l2", "elastic_net"),
}
_NETWORKS = {
    True: ("airbench", "cifar_resnet20", "lenet", "mlp"),
    False: ("airbench", "resnet18", "mobilenet_v2"),
}
SEARCHED_NAMES = ("model.name", *_NAMES)
"""The keys whose values are names."""

NOISE_P, BATCH = "noise.p", "train.batch_size"
WITHOUT_A_FIELD: Mapping[str, Range] = {NOISE_P: Range(0.05, 0.5, log=False)}
"""Ranges of arguments that are no fields of every recipe."""

FIXED = (*SEARCHED_NAMES, NOISE_P, BATCH)
"""The keys that cannot change while a network trains."""

PARENTS = {NOISE_P: "noise.name", "penalty.weight": "penalty.name"}
"""The name without which a number has no meaning."""


def names_for(recipe: Recipe, key: str) -> Choices:
    """Return the choices of a name, the recipe's own first."""
    own = name_of(recipe, key)
    if key == "model.name":
        small = max(height_and_width(recipe.data.image_size or 0)) <= _SMALL
        options = _NETWORKS[small]
    else:
        options = _NAMES[key]
    return Choices((own, *(name for name in options if name != own)))


def batch_sizes(recipe: Recipe) -> Choices:
    """Return half, once and twice the recipe's batch size."""
    own = recipe.train.batch_size or 1
    return Choices(tuple(sorted({max(own // 2, 2), own, 2 * own})))


def name_of(recipe: Recipe, key: str) -> Value:
    """Return the name that a recipe has at a key."""
    section, _, field = key.partition(".")
    return getattr(getattr(recipe, section), field) or NONE


def with_names(recipe: Recipe, names: Mapping[str, Value]) -> Recipe:
    """Return an incomplete recipe with these names.

    Arguments that belong to another name are left out.
    """
    for key, value in names.items():
        if value == name_of(recipe, key):
            continue
        section, name = key.partition(".")[0], None if value == NONE else value
        specified = getattr(recipe, section)
        fields = {"name": name}
        kept = ("crop", "flip", "border", "interpolation", "backend", "warmup")
        fields |= {k: v for k in kept if (v := getattr(specified, k, None)) is not None}
        recipe = recipe.model_copy(update={section: type(specified)(**fields)})
    return recipe
