"""Our own models as a source."""

from torch import nn

from trainwell.core import checks
from trainwell.core.errors import ModelError
from trainwell.models._arguments import accepted
from trainwell.models._catalogue import CATALOGUE, Entry
from trainwell.models._channels import adapt_standardize
from trainwell.models._types import ModelSpec, State
from trainwell.preprocess import Standardize

IMAGENET = Standardize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
_IMAGENET_CLASSES = 1000
_WIDEST = 65_536  # layers, and units of a layer


def _entry(name: str) -> Entry:
    if name not in CATALOGUE:
        raise ModelError(
            f"there is no model `{name}`; it must be one of {', '.join(CATALOGUE)}, or "
            "timm:<name>, hf:<name or folder>, package.module:Class."
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
    return spec


def build(spec: ModelSpec) -> nn.Module:
    """Call the factory."""
    factory = _entry(spec.name).factory
    _refuse_wide(spec)
    try:
        return factory(**accepted(factory, spec))
    except ModelError:
        raise
    except (TypeError, ValueError) as error:
        raise ModelError(f"`{spec.name}` cannot be built: {error}") from error


def published(spec: ModelSpec) -> State:
    """Raise ModelError: there are none to fetch."""
    raise ModelError(
        f"no weights come with `{spec.name}`; give `pretrained` the path of a file, or "
        f"use timm:{spec.name} where that exists."
    )


def preprocessing(spec: ModelSpec, state: State) -> Standardize | None:
    """Return ImageNet's statistics if the weights are those of an ImageNet model."""
    head = state.get(f"{_entry(spec.name).imagenet_head}.bias")
    if head is None or head.shape != (_IMAGENET_CLASSES,):
        return None
    return adapt_standardize(IMAGENET, spec.in_channels)


def _refuse_wide(spec: ModelSpec) -> None:
    """Raise ModelError for layers that fill the memory before anything fails."""
    for name, value in spec.arguments.items():
        for number in value if isinstance(value, list | tuple) else [value]:
            if isinstance(number, int | float) and abs(number) > _WIDEST:
                raise ModelError(
                    f"`{name}` of `{spec.name}` must be at most {_WIDEST:,}."
                )
