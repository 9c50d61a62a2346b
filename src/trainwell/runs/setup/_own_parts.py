"""Parts of a training that are given as objects instead of by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from os import PathLike, fspath

from torch import Tensor, nn

from trainwell.augment.policies import Compose, Policy, Transform
from trainwell.core.errors import ArgumentError, RecipeError
from trainwell.infer import Predictor
from trainwell.models import Created, ModelSpec, check_outputs
from trainwell.recipes import Recipe, make_modifications, specified_keys
from trainwell.training import Hook, Loss

_OF_MODEL = ("model", "activation", "norm", "noise", "init", "transfer")
_SECTIONS = {
    "model": _OF_MODEL,
    "loss": ("loss",),
    "augment": ("augment.name", "augment.file", "augment.operations"),
    "teacher": ("distill.teacher",),
}


def own_parts(
    model: nn.Module | str | None = None,
    loss: Loss | str | None = None,
    augment: Transform | str | PathLike[str] | None = None,
    hooks: Iterable[Hook] = (),
    teacher: nn.Module | Predictor | str | PathLike[str] | None = None,
    *,
    allow_import: bool = False,
) -> tuple["OwnParts", dict[str, str]]:
    """Return the parts that are objects, and the names of the others by full key."""
    given = {"model": model, "loss": loss, "augment": augment}
    by_name = {k: v for k, v in given.items() if isinstance(v, str | PathLike)}
    own = OwnParts(
        model if isinstance(model, nn.Module) else None,
        None if isinstance(loss, str) else loss,
        None if isinstance(augment, str | PathLike) else augment,
        tuple(hooks),
        None if isinstance(teacher, str | PathLike) else teacher,
        allow_import,
    )
    names = {f"{part}.name": fspath(name) for part, name in by_name.items()}
    if isinstance(teacher, str | PathLike):
        names["distill.teacher"] = fspath(teacher)
    return own, names


@dataclass(frozen=True)
class OwnParts:
    """Parts of a training that the caller made; None where the recipe decides.

    Attributes:
        model: The network; it is trained in place.
        loss: (outputs, targets) -> the mean, or one value per sample.
        augment: A policy after the crop, such as `RandAugment()`.
        hooks: Called after the hooks of the recipe.
        teacher: A network that reads the student's tensors, or a predictor.
        allow_import: Whether the run of a teacher may name code of its own.
    """

    model: nn.Module | None = None
    loss: Loss | None = None
    augment: Transform | None = None
    hooks: Sequence[Hook] = ()
    teacher: nn.Module | Predictor | None = None
    allow_import: bool = field(default=False, compare=False)

    def requested(self, recipe: Recipe) -> Recipe:
        """Return the recipe that says which parts are the caller's own.

        Raises:
            RecipeError: If the recipe specifies a part that is given as an object, or
                one network would have to be built several times.
        """
        for part, places in _SECTIONS.items():
            if getattr(self, part) is None:
                continue
            for key in specified_keys(recipe):
                if key in places or key.partition(".")[0] in places:
                    raise RecipeError(
                        f"`{key}` changes nothing: the {part} is given as an object. "
                        "Leave one of them out."
                    )
        if self.teacher is not None:
            named = {"teacher": _name_of(self.teacher)}
            distill = recipe.distill.model_copy(update=named)
            recipe = recipe.model_copy(update={"distill": distill})
        if self.model is None:
            return recipe
        several = {
            "`ensemble.kind`=seeds builds a network per seed": recipe.ensemble.kind
            == "seeds",
            "`data.folds` builds a network per fold": recipe.data.folds is not None
            and recipe.data.fold is None,
        }
        reason = next((text for text, holds in several.items() if holds), None)
        if reason is not None:
            raise RecipeError(
                f"{reason}; name the network "
                "(model.name=module:Class) instead of giving an object."
            )
        named = {"name": _name_of(self.model)}
        model = recipe.model.model_copy(update=named)
        return recipe.model_copy(update={"model": model})

    def created(self, recipe: Recipe, spec: ModelSpec) -> Created:
        """Return the given network as one that was built from this specification.

        Raises:
            RecipeError: If the recipe would modify it.
            ModelError: If it does not return one logit per class.
        """
        assert self.model is not None
        if edits := make_modifications(recipe):
            raise RecipeError(
                f"`{edits[0].kind}` modifies networks that are built by name; this one "
                "is given as an object. Leave it out."
            )
        check_outputs(self.model.cpu(), spec)
        return Created(self.model, spec)

    def loss_fn(self, default: Loss) -> Loss:
        """Return the given loss, or the default; one value per sample."""
        if self.loss is None:
            return default
        loss = self.loss

        def per_sample(outputs: Tensor, targets: Tensor) -> Tensor:
            value = loss(outputs, targets)
            if not isinstance(value, Tensor) or value.shape not in ((), targets.shape):
                shape = tuple(value.shape) if isinstance(value, Tensor) else None
                got = type(value).__name__ if shape is None else f"shape {shape}"
                raise ArgumentError(
                    "`loss` must return a tensor: the mean, or one value per sample, "
                    f"shape ({len(outputs)},); got {got}."
                )
            return value.expand(len(outputs)) if value.ndim == 0 else value

        return per_sample

    def policy(self, recipes: Policy) -> Policy:
        """Return the recipe's policy followed by the given one."""
        if self.augment is None:
            return recipes
        if isinstance(recipes, Compose):
            return Compose(recipes.crop, (*recipes.transforms, self.augment))
        return Compose(recipes, (self.augment,))

    @property
    def described(self) -> dict[str, str]:
        """What a run folder keeps of the parts, for people."""
        parts = {"loss": self.loss, "augment": self.augment}
        named = {k: repr(v) for k, v in parts.items() if v is not None}
        if self.model is not None:
            named["model"] = type(self.model).__name__
        if self.hooks:
            named["hooks"] = ", ".join(type(hook).__name__ for hook in self.hooks)
        return named


def _name_of(part: object) -> str:
    """Return module:Class, or the folder that a predictor was loaded from."""
    if isinstance(part, Predictor) and part.path is not None:
        return str(part.path)
    return f"{type(part).__module__}:{type(part).__qualname__}"
