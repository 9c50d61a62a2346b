"""Models of timm, `timm:<name>`."""

import inspect
from typing import Any

import torch
from torch import nn

from trainwell.core import checks
from trainwell.core.errors import ModelError
from trainwell.core.image_size import ImageSize, compact_size
from trainwell.models._arguments import check_names
from trainwell.models._channels import adapt_standardize
from trainwell.models._extras import optional
from trainwell.models._source_import import check_outputs
from trainwell.models._types import ModelSpec, State, square_hint
from trainwell.preprocess import Standardize

_OURS = {"self", "in_chans", "img_size", "device", "dtype", "kwargs"}


def _timm() -> Any:  # noqa: ANN401
    return optional("timm", extra="timm")


def _config(name: str) -> Any:  # noqa: ANN401
    """Return what timm knows about a model's published weights."""
    timm = _timm()
    name = name.removeprefix("timm:")
    if not timm.is_model(name.partition(".")[0]):
        near = checks.did_you_mean(name, timm.list_models())
        raise ModelError(f"timm has no model `{name}`.{near}")
    try:
        return timm.get_pretrained_cfg(name, allow_unregistered=False)
    except RuntimeError as error:
        raise ModelError(f"timm has no weights `{name}`: {error}") from error


def check_name(name: str) -> None:
    """Raise ModelError if timm does not know it; nothing is fetched."""
    _config(name)


def native_size(name: str) -> ImageSize:
    """Return the image size of the published weights."""
    height, width = _config(name).input_size[-2:]
    return compact_size((height, width))


def resolve(spec: ModelSpec) -> ModelSpec:
    """Check the names of the arguments against the model's class."""
    _config(spec.name)
    if spec.arguments:
        with torch.device("meta"):
            model = _timm().create_model(spec.name.removeprefix("timm:"))
        names = inspect.signature(type(model).__init__).parameters
        check_names(spec.name, spec.arguments, [n for n in names if n not in _OURS])
    return spec


def build(spec: ModelSpec) -> nn.Module:
    """Let timm build the model without weights, and try it on two images."""
    spec = resolve(spec)
    model = _create(spec, pretrained=False, num_classes=spec.num_classes)
    check_outputs(model, spec)
    return model


def published(spec: ModelSpec) -> State:
    """Fetch timm's weights; the first layer comes adapted to the channels."""
    if not _config(spec.name).has_weights:
        raise ModelError(f"timm has no weights for `{spec.name}`.")
    return dict(_create(spec, pretrained=True).state_dict())


def preprocessing(spec: ModelSpec, state: State) -> Standardize | None:
    """Return the statistics that timm states for the weights."""
    config = _config(spec.name)
    statistics = Standardize(tuple(config.mean), tuple(config.std))
    return adapt_standardize(statistics, spec.in_channels)


def _create(spec: ModelSpec, **options: Any) -> nn.Module:  # noqa: ANN401
    if _config(spec.name).fixed_input_size:
        options["img_size"] = spec.image_size
    try:
        model: nn.Module = _timm().create_model(
            spec.name.removeprefix("timm:"),
            in_chans=spec.in_channels,
            **options,
            **spec.arguments,
        )
    except Exception as error:  # construction and download, by many libraries
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(
            f"timm cannot give `{spec.name}`: {reason.rstrip('.')}.{square_hint(spec)}"
        ) from error
    return model
