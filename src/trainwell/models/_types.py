"""What describes a model, what creating one returns, and what offers models."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

import torch
from torch import Tensor, nn

from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.preprocess import Standardize

State = dict[str, Tensor]
"""Tensors by name, as in `nn.Module.state_dict()`."""


Kind = Literal[
    "preprocess", "activation", "norm", "noise", "head", "fixup", "looks", "passes"
]


@dataclass(frozen=True)
class Modification:
    """One change to a finished architecture; holds only JSON values.

    Attributes:
        kind: What is changed.
        name: The technique, a public name of the package that the kind stands for.
        arguments: Its arguments.

    Example:
        >>> from trainwell.models import Modification, create
        >>> edit = Modification("norm", "group_norm", {"groups": 8})
        >>> model = create("cifar_resnet20", num_classes=3, edits=[edit]).model
        >>> sum(isinstance(module, torch.nn.GroupNorm) for module in model.modules())
        19
    """

    kind: Kind
    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ModelSpec:
    """All it takes to build the same architecture again; holds only JSON values.

    Attributes:
        name: One of `names()`, `timm:<name>`, `torchvision:<name>`, `hf:<name or
            folder>`, or the import path `package.module:Class`.
        num_classes: Outputs.
        in_channels: Channels of the images.
        image_size: Side of square images in pixels, or (height, width).
        arguments: Further arguments of the model.
        edits: Changes to the architecture, in the order in which they are made.

    Example:
        >>> from trainwell.models import ModelSpec, build
        >>> build(ModelSpec("softmax", 3, 1, 8))(torch.rand(2, 1, 8, 8)).shape
        torch.Size([2, 3])
    """

    name: str
    num_classes: int
    in_channels: int
    image_size: ImageSize
    arguments: Mapping[str, Any] = field(default_factory=dict)
    edits: tuple[Modification, ...] = ()


def example(spec: ModelSpec) -> Tensor:
    """Return two blank images of the shape that the model reads.

    Example:
        >>> from trainwell.models import ModelSpec, example
        >>> example(ModelSpec("softmax", 3, 1, 8)).shape
        torch.Size([2, 1, 8, 8])
    """
    return torch.zeros(2, spec.in_channels, *height_and_width(spec.image_size))


def square_hint(spec: ModelSpec) -> str:
    """Return what to try where a network fails on images that are no squares."""
    height, width = height_and_width(spec.image_size)
    if height == width:
        return ""
    return " If it reads squares only, set `data.image_size` to one number."


@dataclass(frozen=True)
class Created:
    """A model with what there is to know about it.

    Attributes:
        model: Returns logits, shape (batch, classes).
        spec: Rebuilds it, see `build`.
        preprocessing: What its pretrained weights expect; None if they expect nothing
            in particular, or there are none.
        messages: What was changed to make the weights fit, one line each.

    Example:
        >>> from trainwell.models import create
        >>> create("softmax", num_classes=3, image_size=8).spec.name
        'softmax'
    """

    model: nn.Module
    spec: ModelSpec
    preprocessing: Standardize | None = None
    messages: tuple[str, ...] = ()


@runtime_checkable
class Source(Protocol):
    """Where models come from: our own, a library, or an import path."""

    def check_name(self, name: str) -> None:
        """Raise ModelError if there is no such model; fetch and build nothing."""
        ...

    def native_size(self, name: str) -> ImageSize:
        """Return the image size the model is made for."""
        ...

    def resolve(self, spec: ModelSpec) -> ModelSpec:
        """Check the arguments and add what `build` needs to do without the source."""
        ...

    def build(self, spec: ModelSpec) -> nn.Module:
        """Build a resolved specification with fresh weights."""
        ...

    def published(self, spec: ModelSpec) -> State:
        """Return the published weights, for any number of classes."""
        ...

    def preprocessing(self, spec: ModelSpec, state: State) -> Standardize | None:
        """Return what these pretrained weights expect."""
        ...
