"""The recipe: everything a run was asked to do, validated and frozen.

A field left at None is chosen from the data and the device (`choose`); the resolved
recipe, in which nothing is None that is used, is printed and saved with the run.
Values are plain; the components never see this object.
"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from trainwell.recipes._data_section import Data
from trainwell.recipes._duration import seconds
from trainwell.recipes._model_sections import Model, Transfer
from trainwell.recipes._section import Section
from trainwell.recipes._sections import (
    Activation,
    Augment,
    Count,
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


def _checked_time(text: str) -> str:
    seconds(text)
    return text


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


class Train(Section):
    """The run itself."""

    epochs: Positive | None = None
    """Passes over the training images; or give `time`."""
    time: Annotated[str, BeforeValidator(str), AfterValidator(_checked_time)] | None = (
        None
    )
    """Wall time for training and validation, such as 40s, 10m or 1h30m."""
    batch_size: Count | None = None
    """Images per step; halved with accumulation if memory is too small."""
    precision: Literal["auto", "float32", "bfloat16"] = "auto"
    """Auto: the fastest that keeps the loss, by timing a few steps."""
    memory_format: Literal["auto", "contiguous", "channels_last"] = "auto"
    """Auto: the fastest, by timing a few steps."""
    average: Annotated[float, Field(gt=0, lt=1)] | None = None
    """Decay of a moving average of the weights; none is kept without it."""
    patience: Count | None = None
    """Stop after this many evaluations without improvement; never without it."""
    select: (
        Literal[
            "accuracy",
            "balanced_accuracy",
            "f1",
            "auc",
            "top5_accuracy",
            "kappa",
            "loss",
        ]
        | None
    ) = None
    """The validation metric that chooses the best weights: accuracy, or balanced
    accuracy where one class has over three times the images of another."""
    evaluate_every: Positive | None = None
    """Epochs between two evaluations."""
    keep: Literal["epochs"] | None = None
    """Epochs: keep the weights of every epoch, a file each, to be used afterwards by
    `--epoch`; only the best without it."""
    checkpoint_seconds: Positive = 30.0
    """How much work a crash may cost."""
    device: str = "auto"
    """auto, cpu, cuda, cuda:1, mps."""
    threads: Count | None = None
    """Processor cores to use; all by default."""


class Recipe(Section):
    """A whole recipe.

    Example:
        >>> Recipe(seed=3).train.precision
        'auto'
    """

    name: str = "auto"
    """The preset it started from."""
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
