"""Model metadata: what a saved model is, what it reads, and what it predicts.

`model.json` beside `model.safetensors` holds it. With these two files alone, a model
predicts exactly as it did in training.
"""

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from trainwell.core.errors import RunError
from trainwell.core.files import read_regular
from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.data import FULL_RANGE
from trainwell.models import ModelSpec
from trainwell.preprocess import Standardize
from trainwell.tasks import Task, read_task

FORMAT = 1
_HOTTEST = 1000.0  # temperature; the coldest is one over it


@dataclass(frozen=True, kw_only=True)
class Preprocessing:
    """The steps from a decoded image to the tensor that the network reads.

    Attributes:
        image_size: Side of a square in pixels, or (height, width).
        channels: 1 for grey, 3 for colour, others for as many bands.
        short_side: Length in pixels of the short side to which larger images are
            reduced first; None keeps their size.
        fit: Method that gives a whole image these proportions: `pad`, `stretch` or
            `crop`.
        border: Fill of the area outside an image: `mean`, `reflect` or `black`.
        standardize: Mean and standard deviation per channel, on a 0..1 scale.
        white_level: Value of 16-bit files that becomes the highest: 2^n - 1 where they
            hold n bits.
        bits: 8, or 16 where all that 16-bit files hold is kept.

    Example:
        >>> from trainwell.preprocess import Standardize
        >>> gray = Standardize((0.5,), (0.25,))
        >>> Preprocessing(image_size=32, channels=1, short_side=None, fit="pad",
        ...               border="mean", standardize=gray).image_size
        32
    """

    image_size: ImageSize
    channels: int
    short_side: int | None
    fit: Literal["pad", "stretch", "crop"]
    border: Literal["mean", "reflect", "black"]
    standardize: Standardize
    white_level: int = FULL_RANGE
    bits: int = 8

    @property
    def decoding(self) -> dict[str, Any]:
        """The arguments with which a file is decoded."""
        names = ("channels", "short_side", "white_level", "bits")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, kw_only=True)
class ModelMetadata:
    """Everything about a saved model except its weights.

    Attributes:
        task: What the outputs of the network stand for.
        model: Architecture, from which the network is built again.
        preprocessing: Steps from an image to the input of the network.
        temperature: What the outputs are divided by before the softmax; see
            `metrics.fit_temperature`.

    Example:
        >>> from trainwell.infer import Preprocessing
        >>> from trainwell.models import ModelSpec
        >>> from trainwell.preprocess import Standardize
        >>> from trainwell.tasks import Classification
        >>> pre = Preprocessing(image_size=8, channels=1, short_side=None, fit="pad",
        ...                     border="mean", standardize=Standardize((0.5,), (0.25,)))
        >>> spec = ModelSpec("mlp", num_classes=2, in_channels=1, image_size=8)
        >>> ModelMetadata(task=Classification(("cat", "dog")), model=spec,
        ...               preprocessing=pre).classes
        ('cat', 'dog')
    """

    task: Task
    model: ModelSpec
    preprocessing: Preprocessing
    temperature: float = 1.0

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of what is predicted."""
        return self.task.labels


def write_metadata(metadata: ModelMetadata) -> str:
    """Return the metadata as JSON, the text of a `model.json`.

    Example:
        >>> from trainwell.infer import ModelMetadata, Preprocessing
        >>> from trainwell.models import ModelSpec
        >>> from trainwell.preprocess import Standardize
        >>> from trainwell.tasks import Classification
        >>> pre = Preprocessing(image_size=8, channels=1, short_side=None, fit="pad",
        ...                     border="mean", standardize=Standardize((0.5,), (0.25,)))
        >>> spec = ModelSpec("mlp", num_classes=2, in_channels=1, image_size=8)
        >>> metadata = ModelMetadata(task=Classification(("cat", "dog")),
        ...                          model=spec, preprocessing=pre)
        >>> print(write_metadata(metadata))
        {
          "format": 1,
          "task": "classification",
          ...
    """
    tree = asdict(metadata)
    task = {"task": metadata.task.name, **tree.pop("task")}
    return json.dumps({"format": FORMAT, **task, **tree}, indent=2) + "\n"


def read_metadata(path: Path) -> ModelMetadata:
    """Read the metadata that `write_metadata` wrote.

    Raises:
        RunError: If the file is missing or does not describe a model.

    Example:
        >>> from pathlib import Path
        >>> read_metadata(Path("no run/model.json"))
        Traceback (most recent call last):
        trainwell.core.errors.RunError: no run/model.json is missing: no run is not ...
    """
    try:
        tree = json.loads(read_regular(path))
        if not isinstance(tree, dict) or tree.pop("format", None) != FORMAT:
            raise ValueError(f"this version reads format {FORMAT}")
        tree["task"] = read_task(tree)
        metadata = TypeAdapter(ModelMetadata).validate_python(tree)
        _check(metadata)
    except FileNotFoundError:
        if (path.parent / "summary.json").exists():
            raise RunError(
                f"{path.parent} holds the folds of a cross-validation and no model: "
                f"give one of them, such as {path.parent / 'members' / '0'}, or train "
                "on all images by data.val_share=0."
            ) from None
        begun = (path.parent / "recipe.yaml").exists()
        also = (
            f" `trainwell finish {path.parent}` makes a model of it." if begun else ""
        )
        raise RunError(
            f"{path} is missing: {path.parent} is not "
            f"{'a finished run' if begun else 'the folder of a run'}.{also}"
        ) from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise RunError(
            f"{path} does not describe a model ({place}: {first['msg']})."
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise RunError(f"{path} does not describe a model ({error}).") from error
    return metadata


def _check(metadata: ModelMetadata) -> None:
    """Raise ValueError if the parts do not fit each other."""
    options, spec = metadata.preprocessing, metadata.model
    metadata.task.check(spec.num_classes)
    statistics = options.standardize
    lengths = {options.channels, len(statistics.mean), len(statistics.std)}
    if lengths != {spec.in_channels}:
        raise ValueError(
            f"the model reads {spec.in_channels} channels, preprocessing others"
        )
    if not 1 / _HOTTEST <= metadata.temperature <= _HOTTEST:
        raise ValueError(
            f"a temperature of {metadata.temperature:g}, not from {1 / _HOTTEST:g} to "
            f"{_HOTTEST:g}"
        )
    if options.bits not in (8, 16):
        raise ValueError(f"{options.bits} bits of a pixel value, not 8 or 16")
    if not 0 < options.white_level <= FULL_RANGE:
        raise ValueError(f"a white level of {options.white_level}")
    sides = height_and_width(options.image_size)
    sizes = (*sides, options.short_side or 1, spec.in_channels)
    if not all(0 < number < math.inf for number in (*sizes, *statistics.std)):
        raise ValueError("a size or a standard deviation is not positive")
