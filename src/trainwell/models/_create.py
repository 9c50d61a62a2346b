"""Create a model by name, with or without pretrained weights; build it again later."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from torch import nn

from trainwell.core import checks
from trainwell.core.errors import ModelError
from trainwell.core.image_size import ImageSize, compact_size, height_and_width
from trainwell.models import (
    _source_huggingface,
    _source_import,
    _source_own,
    _source_timm,
    _source_torchvision,
)
from trainwell.models._arguments import FACTS
from trainwell.models._checkpoint import read_checkpoint, renamed
from trainwell.models._ensemble import Ensemble
from trainwell.models._ensemble_spec import ENSEMBLE, as_json, averaged_by, member_specs
from trainwell.models._load import load_state
from trainwell.models._modifications import apply_modifications, inner_spec
from trainwell.models._types import Created, ModelSpec, Modification, Source

_SOURCES: dict[str, Source] = {
    "timm": _source_timm,
    "torchvision": _source_torchvision,
    "hf": _source_huggingface,
}
"""What stands before the colon of a name."""


def check_name(name: str) -> None:
    """Raise ModelError if there is no model of this name; nothing is built or fetched.

    Example:
        >>> from trainwell.models import check_name
        >>> check_name("lenett")
        Traceback (most recent call last):
        trainwell.core.errors.ModelError: there is no model `lenett`; ... `lenet`?
    """
    _source(name).check_name(name)


def is_import(name: str) -> bool:
    """Tell whether using a network of this name would import code of its own.

    Example:
        >>> from trainwell.models import is_import
        >>> is_import("mynets:Net"), is_import("timm:resnet18"), is_import("lenet")
        (True, False, False)
    """
    return _source(name) is _source_import


def create(  # noqa: PLR0913
    name: str,
    *,
    num_classes: int,
    in_channels: int = 3,
    image_size: ImageSize | None = None,
    pretrained: bool | str | Path | None = None,
    arguments: Mapping[str, Any] | None = None,
    edits: Sequence[Modification] = (),
) -> Created:
    """Build a model for the data, and load pretrained weights into it.

    Args:
        name: One of `names()`; `timm:<name>`, `torchvision:<name>` and `hf:<name or
            folder>` with the extras of those names; or `package.module:Class`, any
            nn.Module, called with the keyword arguments it accepts.
        num_classes: Outputs. A pretrained head for another number is replaced.
        in_channels: Channels of the images. Pretrained first filters are adapted.
        image_size: Side of a square in pixels, or (height, width); None takes the
            model's own.
        pretrained: True for the published weights of timm and Hugging Face, or for
            those of torchvision in torch's cache; or the path of a .safetensors or
            PyTorch file.
        arguments: Further arguments of the model, JSON values only.
        edits: Changes to the finished network, made after weights are loaded.

    Raises:
        ModelError: If the name, an argument, or the weights do not fit; the message
            says which.
        MissingDependencyError: If an extra is not installed.

    Example:
        >>> from trainwell.models import create
        >>> created = create("lenet", num_classes=3, in_channels=1, image_size=32)
        >>> created.model(torch.rand(2, 1, 32, 32)).shape
        torch.Size([2, 3])
    """
    source = _source(name)
    size = source.native_size(name) if image_size is None else image_size
    numbers = (num_classes, in_channels, min(height_and_width(size)))
    for label, number in zip(FACTS, numbers, strict=True):
        checks.positive(label, number)
    facts = (num_classes, in_channels, compact_size(size))
    asked = ModelSpec(name, *facts, as_json(arguments or {}), tuple(edits))
    spec = source.resolve(asked)
    inner = inner_spec(spec)
    network = source.build(inner)
    if pretrained is None or pretrained is False:
        model, changes = apply_modifications(network, spec)
        return Created(model, spec, None, tuple(changes))
    if pretrained is True:
        state = source.published(inner)
    else:
        state = read_checkpoint(Path(pretrained))
    state = renamed(state, network.state_dict())
    messages = load_state(network, state, inner)
    model, changes = apply_modifications(network, spec)
    expected = source.preprocessing(inner, state)
    return Created(model, spec, expected, (*messages, *changes))


def build(spec: ModelSpec, *, allow_import: bool = False) -> nn.Module:
    """Build the architecture of a specification with fresh weights.

    Args:
        spec: As `create` returned it, perhaps by way of a file.
        allow_import: Accept an import path as name. That runs the module of that
            name, so allow it only for a file you trust.

    Raises:
        ModelError: If the name is an import path and this is not allowed, or the
            model cannot be built.

    Example:
        >>> from trainwell.models import build, create
        >>> created = create("softmax", num_classes=3, in_channels=1, image_size=8)
        >>> again = build(created.spec)
        >>> again.load_state_dict(created.model.state_dict())
        <All keys matched successfully>
    """
    if spec.name == ENSEMBLE:
        members = [build(m, allow_import=allow_import) for m in member_specs(spec)]
        return Ensemble(members, averaged_by(spec))
    source = _source(spec.name)
    if source is _source_import and not allow_import:
        raise ModelError(
            f"the model is `{spec.name}`, and loading it would run that code; if you "
            "trust this file, add `allow_import` (`--allow-import`)."
        )
    model, _ = apply_modifications(source.build(inner_spec(spec)), spec)
    return model


def _source(name: str) -> Source:
    prefix, colon, _ = name.partition(":")
    if not colon:
        return _source_own
    return _SOURCES.get(prefix, _source_import)
