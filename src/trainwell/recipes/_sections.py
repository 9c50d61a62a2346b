"""The sections of a recipe that name a technique.

Each holds a name and the few fields that every technique of its kind shares; all other
fields are arguments of the named technique, as its signature has them.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from trainwell.augment.policies import Operations
from trainwell.recipes._searched import Searched
from trainwell.recipes._section import Component

Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
Count = Annotated[int, Field(ge=1)]


class Preprocess(Component):
    """What is done to the pixels before the network, fitted on the training images."""

    name: str | None = None
    """Standardised channels by default; stored with the model and in its export."""


class Activation(Component):
    """Other activations in place of the network's own."""

    name: str | None = None
    """Replaces every activation; the network's own without it."""
    per_channel: bool | None = None
    """A learned parameter per channel, not one for all (prelu, swish)."""


class Norm(Component):
    """Another normalisation in place of the network's own."""

    name: str | None = None
    """Replaces every normalisation layer; the network's own without it."""


class Init(Component):
    """How the weights start."""

    name: str | None = None
    """Reaches every convolution and linear map; the network's own start without it."""
    bias: float | None = None
    """Value of every bias, for random initialisations; 0.01 keeps ReLUs active."""


class Noise(Component):
    """Layers that draw at random while training."""

    name: str | None = None
    """Dropout and its kin; none are added without it."""
    passes: Annotated[int, Field(ge=2)] | None = None
    """Predict the mean of this many stochastic passes, not one deterministic pass."""


class Loss(Component):
    """What is minimised."""

    name: str | None = None
    """Cross-entropy by default."""
    label_smoothing: Annotated[
        Share | None, Searched(0, 0.3, log=False, relative=False)
    ] = None
    """Cross-entropy only: share of the target spread over all classes."""
    class_weights: Literal["none", "sqrt", "balanced"] | None = None
    """Balanced: each class counts the same however many images it has; sqrt: by the
    square root of its images. The default is none, which is best for accuracy."""


class Penalty(Component):
    """What large weights cost beside the loss; biases and norms are left alone."""

    name: str | None = None
    """None is added without it; see also `optimizer.weight_decay`."""
    weight: Annotated[Positive | None, Searched(0.01, 100)] = None
    """Factor on the penalty."""
    proximal: bool | None = None
    """l1 only: shrink after each step, which gives exact zeros."""


class Optimizer(Component):
    """The update rule."""

    name: str | None = None
    """Muon: orthogonalised momentum for filters, Nesterov for the rest."""
    lr: Annotated[Positive | None, Searched(0.1, 10)] = None
    """Learning rate at its highest."""
    weight_decay: Annotated[
        Annotated[float, Field(ge=0)] | None, Searched(0.02, 20)
    ] = None
    """On weights only: not on biases or norms; of muon's, on the last layer only, for
    its filters are held at a fixed norm."""
    base_batch_size: Count | None = None
    """Batch size that `lr` is meant for; another one multiplies it by their ratio."""
    lookahead: Annotated[int, Field(ge=1)] | None = None
    """Steps between two lookahead updates (around any optimizer)."""


class Gradients(Component):
    """What is done to the gradients before each update."""

    name: str | None = None
    """Clipping or normalisation; none without it."""


class Schedule(Component):
    """How the rate changes over the run."""

    name: str | None = None
    """Shape of the curve; `trainwell show schedule NAME` draws it."""
    warmup: Annotated[
        Annotated[float, Field(ge=0)] | None,
        Searched(0, 0.3, log=False, relative=False),
    ] = None
    """How long the rate rises first: a share of the run below 1, else steps."""

    @field_validator("warmup")
    @classmethod
    def _whole_steps(cls, value: float | None) -> float | None:
        if value is not None and value >= 1 and value != int(value):
            raise ValueError("must be a share below 1, or a whole number of steps")
        return value


class Prune(Component):
    """Which weights are removed while training."""

    name: str | None = None
    """None are removed without it."""


class Augment(Component):
    """How training images are varied."""

    name: str | None = None
    """What changes the pixels of a crop; `augment.policy` means the same."""
    file: str | None = None
    """A .yaml file that holds a policy; `augment=FILE.yaml` for short."""
    operations: list[dict[str, Any]] | None = None
    """Operations in turn, each with its probability `p` (0.5) and ranges, and groups
    `one_of`: `[vertical_flip, {op: gaussian_blur, sigma: [0.1, 2], p: 0.3}]`."""
    crop: Literal["none", "pad_crop", "resized_crop", "short_side"] | None = None
    """Nothing, small shifts, random rectangles at full size, or crops of a random
    scale."""
    flip: bool | None = None
    """Mirror every image on every other pass."""
    pixels: Annotated[int, Field(ge=0)] | None = None
    """pad_crop only: largest shift."""
    min_area: Annotated[float, Field(ge=0.01, le=1)] | None = None
    """resized_crop only: smallest share of the image shown."""
    border: Literal["mean", "reflect", "black"] | None = None
    """What lies outside an image; outside of a turned one, mean or black."""
    interpolation: Literal["nearest", "linear"] | None = None
    """Of turned, sheared and shifted images; crops are always interpolated."""
    backend: Literal["auto", "numba", "torch"] | None = None
    """What computes the pixels: numba on the CPU, torch where the model is; auto is
    torch if that is a GPU that the images fit on."""
    cutout: Share | None = None
    """Hide a square of this share of the input's shorter side."""
    mix: Literal["mixup", "cutmix"] | None = None
    """Mix images and targets with those of another image."""
    alpha: Positive | None = None
    """mix only: both parameters of the beta distribution of the share."""

    @field_validator("operations", mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:  # noqa: ANN401
        if value is None:
            return None
        try:
            return Operations(value).operations
        except ValueError as error:
            raise ValueError(f"augment.operations: {error}") from error

    @classmethod
    def _expanded(cls, fields: dict[str, Any]) -> dict[str, Any]:
        """Return `policy` as the name, and the name of a file as `file`."""
        if "policy" in fields:
            rest = {k: v for k, v in fields.items() if k != "policy"}
            fields = {"name": fields["policy"], **rest}
        name = fields.get("name")
        if isinstance(name, str) and name.endswith((".yaml", ".yml")):
            fields = {**fields, "name": None, "file": name}
        return fields
