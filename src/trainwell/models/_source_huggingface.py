"""Image classifiers of Hugging Face, `hf:<name or local folder>`.

The configuration becomes part of the specification, so that a saved run needs neither
the hub nor the folder. No code from the hub is ever run.
"""

import dataclasses
import json
from typing import Any

from torch import Tensor, nn

from trainwell.core.errors import ModelError
from trainwell.core.image_size import ImageSize, compact_size
from trainwell.models._arguments import check_names
from trainwell.models._channels import adapt_standardize
from trainwell.models._extras import optional
from trainwell.models._source_import import check_outputs
from trainwell.models._types import ModelSpec, State, square_hint
from trainwell.preprocess import Standardize

_DECIDED = ("num_labels", "num_channels", "image_size", "id2label", "label2id")


class HuggingFaceClassifier(nn.Module):
    """A classifier of transformers that takes images and returns logits.

    Args:
        model: A `...ForImageClassification`.
    """

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, x: Tensor) -> Tensor:
        """Return the logits."""
        logits: Tensor = self.model(pixel_values=x).logits
        return logits


def _transformers() -> Any:  # noqa: ANN401
    return optional("transformers", extra="hf")


def _place(name: str) -> str:
    return name.removeprefix("hf:")


def _fetched(name: str, load: Any, **options: Any) -> Any:  # noqa: ANN401
    """Call a `from_pretrained`, offline or not, and say in one line what failed."""
    try:
        return load(_place(name), trust_remote_code=False, **options)
    except (OSError, ValueError, RuntimeError) as error:
        if "trust_remote_code" in str(error):
            raise ModelError(_own_code(name)) from error
        reason = (str(error).splitlines() or [""])[0]
        raise ModelError(f"`{name}` cannot be loaded: {reason}") from error


def _own_code(name: str) -> str:
    return (
        f"`{name}` comes with code of its own (auto_map), which is never run; choose a "
        "network whose architecture is part of transformers."
    )


def check_name(name: str) -> None:
    """Raise MissingDependencyError without the library; nothing is fetched."""
    _transformers()


def native_size(name: str) -> ImageSize:
    """Return the image size of the configuration, else of the processor, else 224."""
    config = _fetched(name, _transformers().AutoConfig.from_pretrained)
    processor = _processor(name)
    candidates = (
        getattr(config, "image_size", None),
        processor.get("crop_size"),
        processor.get("size"),
    )
    for size in candidates:
        if isinstance(size, dict):
            size = size.get("height", size.get("shortest_edge"))
        if isinstance(size, list | tuple) and len(size) == 2:
            return compact_size((size[0], size[1]))
        if isinstance(size, int):
            return size
    return 224


def resolve(spec: ModelSpec) -> ModelSpec:
    """Put the whole configuration into the arguments, with the user's own on top."""
    if "config" in spec.arguments:
        return spec
    config = _fetched(spec.name, _transformers().AutoConfig.from_pretrained)
    valid = [name for name in config.to_dict() if name not in _DECIDED]
    check_names(spec.name, spec.arguments, valid)
    values = json.loads(config.to_json_string(use_diff=False))
    kept = {name: value for name, value in values.items() if name in valid}
    arguments = {"config": kept | dict(spec.arguments)}
    return dataclasses.replace(spec, arguments=arguments)


def build(spec: ModelSpec) -> nn.Module:
    """Build from the configuration in the arguments; try it on two images."""
    transformers = _transformers()
    values = dict(resolve(spec).arguments["config"])
    has_code = values.pop("auto_map", None) is not None
    try:
        config = transformers.AutoConfig.for_model(**values)
        config.num_labels = spec.num_classes
        config.num_channels = spec.in_channels
        if hasattr(config, "image_size"):
            config.image_size = spec.image_size
        model = transformers.AutoModelForImageClassification.from_config(
            config, trust_remote_code=False
        )
    except ModelError:
        raise
    except Exception as error:  # values of a configuration can be wrong in many ways
        if has_code:
            raise ModelError(_own_code(spec.name)) from error
        reason = (str(error).splitlines() or [""])[0]
        raise ModelError(
            f"`{spec.name}` cannot be built: {reason.rstrip('.')}.{square_hint(spec)}"
        ) from error
    classifier = HuggingFaceClassifier(model)
    check_outputs(classifier, spec)
    return classifier


def published(spec: ModelSpec) -> State:
    """Fetch the weights; a head that the checkpoint lacks is left out."""
    auto = _transformers().AutoModelForImageClassification
    model, info = _fetched(spec.name, auto.from_pretrained, output_loading_info=True)
    state = model.state_dict()
    return {n: t for n, t in state.items() if n not in info["missing_keys"]}


def preprocessing(spec: ModelSpec, state: State) -> Standardize | None:
    """Return the statistics of the folder's image processor, on a 0..1 scale."""
    values = _processor(spec.name)
    if not values:
        return None
    scale = 255 * values.get("rescale_factor", 1 / 255)
    if not values.get("do_rescale", True):
        scale = 255.0
    mean, std = values.get("image_mean"), values.get("image_std")
    if mean is None or std is None or not values.get("do_normalize", True):
        mean, std = [0.0] * 3, [1.0] * 3
    statistics = Standardize(
        tuple(m / scale for m in mean), tuple(s / scale for s in std)
    )
    return adapt_standardize(statistics, spec.in_channels)


def _processor(name: str) -> dict[str, Any]:
    """Return the stored settings of the image processor, or nothing."""
    base = optional("transformers.image_processing_base", extra="hf")
    try:
        values, _ = base.ImageProcessingMixin.get_image_processor_dict(_place(name))
    except OSError:
        return {}
    return dict(values)
