"""The recipe: everything a run was asked to do, validated and frozen.

A field left at None is chosen from the data and the device (`choose`); the resolved
recipe, in which nothing is None that is used, is printed and saved with the run.
Values are plain; the components never see this object.
"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from trainwell.recipes._data_section import Data
from trainwell.recipes._model_sections import Model, Transfer
from trainwell.recipes._section import Section
from trainwell.recipes._sections import (
    Activation,
    Augment,
    Gradients,
    Init,
    Loss,
    Noise,
    Norm,
    Optimizer,
    Penalty,
    Positive,
    Preprocess,
    Prune,
    Schedule,
)
from trainwell.recipes._train_section import Train


class Distill(Section):
    """A teacher, whose answers the network learns beside the targets."""

    _short: ClassVar[str] = "teacher"

    teacher: str | None = None
    """The folder of a finished run, or of an ensemble; classes are matched by name."""
    temperature: Positive | None = None
    """What both networks' logits are divided by, 4 by default; higher weighs small
    probabilities more."""
    weight: Annotated[float, Field(ge=0, le=1)] | None = None
    """Share of the teacher in the loss, 0.9 by default; the rest is of the targets."""


class Ensemble(Section):
    """Several networks, or moments of one training, averaged into one prediction."""

    _short: ClassVar[str] = "kind"
    _plain: ClassVar[tuple[type, ...]] = (str, int)
    kind: Literal["seeds", "snapshots", "soup", "swa"] | None = None
    """Trainings from several seeds; moments of one training whose rate rises again; the
    mean of those moments' weights that help; the mean of the last weights."""
    size: Annotated[int, Field(ge=2)] | None = None
    """Seeds, or moments; 5 by default. `ensemble=5` is short for five seeds."""
    start: Annotated[float, Field(ge=0, lt=1)] | None = None
    """swa only: share of the run after which weights are averaged, 0.75 by default."""

    @classmethod
    def _expanded(cls, fields: dict[str, Any]) -> dict[str, Any]:
        """Return a number as the size of an ensemble of seeds."""
        if isinstance(fields.get("kind"), int):
            fields = {**fields, "kind": "seeds", "size": fields["kind"]}
        return fields


class Recipe(Section):
    """A whole recipe.

    Example:
        >>> Recipe(seed=3).train.precision
        'auto'
    """

    name: str = "auto"
    """The preset it started from."""
    task: str = "auto"
    """What is predicted: classification, multilabel, regression, ordinal or keypoints;
    recognised from the data."""
    seed: int = 0
    """Same seed, same machine: same weights."""
    data: Data = Data()
    preprocess: Preprocess = Preprocess()
    model: Model = Model()
    transfer: Transfer = Transfer()
    activation: Activation = Activation()
    norm: Norm = Norm()
    init: Init = Init()
    noise: Noise = Noise()
    loss: Loss = Loss()
    penalty: Penalty = Penalty()
    optimizer: Optimizer = Optimizer()
    gradients: Gradients = Gradients()
    schedule: Schedule = Schedule()
    prune: Prune = Prune()
    augment: Augment = Augment()
    distill: Distill = Distill()
    ensemble: Ensemble = Ensemble()
    train: Train = Train()
