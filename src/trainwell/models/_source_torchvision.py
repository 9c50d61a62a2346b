"""Models of torchvision, `torchvision:<name>`; their weights come from files.

Nothing is fetched: published weights are read from torch's cache, or the path is given.
Auxiliary heads are left out, so that every network returns logits alone.
"""

import inspect
import math
from collections.abc import Iterator
from typing import Any

import torch
from torch import nn

from trainwell.core import checks
from trainwell.core.errors import ModelError
from trainwell.core.image_size import ImageSize, compact_size, height_and_width
from trainwell.models._arguments import check_names
from trainwell.models._cached import cached_file
from trainwell.models._channels import adapt_standardize
from trainwell.models._extras import optional
from trainwell.models._source_import import check_outputs
from trainwell.models._types import ModelSpec, State, square_hint
from trainwell.preprocess import Standardize

_FIXED = {"aux_logits": False, "init_weights": True}
"""Given to every network that takes them."""
_OURS = {*_FIXED, "self", "num_classes", "image_size", "input_size", "transform_input"}
_MINUS_ONE_TO_ONE = Standardize((0.5,) * 3, (0.5,) * 3)
_VERSIONED = "mnasnet"  # loads no weights without the version kept beside them


def _models() -> Any:  # noqa: ANN401
    return optional("torchvision", extra="torchvision").models


def _known(name: str) -> str:
    """Return torchvision's own name of a model.

    Raises:
        ModelError: If there is none.
    """
    models = _models()
    known = models.list_models(module=models)
    short = name.removeprefix("torchvision:")
    if short not in known:
        near = checks.did_you_mean(short, known)
        raise ModelError(f"torchvision has no model `{short}`.{near}")
    if short.startswith(_VERSIONED):
        raise ModelError(
            f"`{name}` cannot be loaded from tensors alone; take timm:mnasnet_100."
        )
    return short


def _weights(name: str) -> list[Any]:
    """Return the published weights of one image size with a head, the best first."""
    members = _models().get_model_weights(_known(name))
    best = members.DEFAULT
    size = best.transforms().crop_size
    alike = [m for m in members if m.meta.get("categories")]
    others = [m for m in alike if m != best and m.transforms().crop_size == size]
    return [best, *reversed(others)]


def _file(weights: Any) -> str:  # noqa: ANN401
    return str(weights.url.rpartition("/")[2])


def check_name(name: str) -> None:
    """Raise ModelError if torchvision does not know it; nothing is fetched."""
    _known(name)


def native_size(name: str) -> ImageSize:
    """Return the image size of the best published weights."""
    (side,) = _weights(name)[0].transforms().crop_size
    return compact_size((side, side))


def resolve(spec: ModelSpec) -> ModelSpec:
    """Check the names of the arguments against the model's class."""
    valid = [name for name in _parameters(spec.name) if name not in _OURS]
    check_names(spec.name, spec.arguments, valid)
    return spec


def build(spec: ModelSpec) -> nn.Module:
    """Build the model without weights, and try it on two images."""
    spec = resolve(spec)
    takes = _parameters(spec.name)
    height, width = height_and_width(spec.image_size)
    sizes = {"image_size": height, "input_size": (height, width)}
    options = {n: v for n, v in {**_FIXED, **sizes}.items() if n in takes}
    try:
        model: nn.Module = _models().get_model(
            _known(spec.name),
            weights=None,
            num_classes=spec.num_classes,
            **options,
            **spec.arguments,
        )
    except Exception as error:  # values of arguments can be wrong in many ways
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(
            f"`{spec.name}` cannot be built: {reason.rstrip('.')}."
            f"{square_hint(spec) or _size_hint(spec)}"
        ) from error
    _read_channels(model, spec.in_channels)
    check_outputs(model, spec)
    return model


def published(spec: ModelSpec) -> State:
    """Return the best weights that lie in a cache."""
    files = [_file(weights) for weights in _weights(spec.name)]
    state = cached_file(files)
    if state is None:
        raise ModelError(
            f"the weights of `{spec.name}` are not here, and nothing is fetched; put "
            f"{' or '.join(files)} into torch's cache, or give `pretrained` its path "
            f"(from {_weights(spec.name)[0].url})."
        )
    return state


def preprocessing(spec: ModelSpec, state: State) -> Standardize | None:
    """Return the statistics of the published weights, if it may be these.

    Networks with `transform_input` scale to -1..1 what torchvision standardises; here
    the images come so.
    """
    weights = _weights(spec.name)[0]
    outputs = torch.Size([len(weights.meta["categories"])])
    if not any(tensor.shape[:1] == outputs for tensor in state.values()):
        return None
    preset = weights.transforms()
    statistics = Standardize(tuple(preset.mean), tuple(preset.std))
    if "transform_input" in _parameters(spec.name):
        statistics = _MINUS_ONE_TO_ONE
    return adapt_standardize(statistics, spec.in_channels)


def _parameters(name: str) -> list[str]:
    """Return what the constructor of the model's class takes."""
    builder = _models().get_model_builder(_known(name))
    return list(inspect.signature(builder.__annotations__["return"]).parameters)


def _size_hint(spec: ModelSpec) -> str:
    """Return what to try where a network is made for some sizes only."""
    native = native_size(spec.name)
    fixed = {"image_size", "input_size"}.intersection(_parameters(spec.name))
    return f" Try `data.image_size={native}`." if fixed else ""


def _read_channels(model: nn.Module, channels: int) -> None:
    """Let the first convolution read other channels, with responses of the same size.

    std' = std sqrt(3 / channels)
    """
    name, old = next(_convolutions(model))
    if old.in_channels == channels:
        return
    new = nn.Conv2d(
        channels,
        old.out_channels,
        old.kernel_size,  # type: ignore[arg-type]
        old.stride,  # type: ignore[arg-type]
        old.padding,  # type: ignore[arg-type]
        bias=old.bias is not None,
    )
    std = old.weight.std().item() * math.sqrt(old.in_channels / channels)
    nn.init.normal_(new.weight, std=std)
    parent, _, last = name.rpartition(".")
    setattr(model.get_submodule(parent), last, new)


def _convolutions(model: nn.Module) -> Iterator[tuple[str, nn.Conv2d]]:
    for name, module in model.named_modules():
        if isinstance(module, nn.Conv2d):
            yield name, module
