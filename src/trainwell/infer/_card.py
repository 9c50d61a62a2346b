"""The model card: what a saved model is, what it expects, and what it answers.

`model.json` beside `model.safetensors` holds it. With both, and nothing else, a model
predicts exactly as it did in training.
"""

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from trainwell.core.errors import RunError
from trainwell.models import ModelSpec
from trainwell.preprocess import Standardize

FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Preprocessing:
    """From a decoded image to the tensor that the network reads.

    Attributes:
        image_size: Height and width in pixels.
        channels: 1 or 3 for files; as many as the arrays had otherwise.
        short_side: Larger images are reduced to this first; None keeps them.
        fit: How a whole image becomes a square: `pad`, `stretch` or `crop`.
        border: What lies outside an image: `mean`, `reflect` or `black`.
        standardize: Mean and standard deviation per channel, on a 0..1 scale.
    """

    image_size: int
    channels: int
    short_side: int | None
    fit: Literal["pad", "stretch", "crop"]
    border: Literal["mean", "reflect", "black"]
    standardize: Standardize


@dataclass(frozen=True, kw_only=True)
class ModelCard:
    """Everything about a saved model but its weights."""

    task: str
    classes: tuple[str, ...]
    model: ModelSpec
    preprocessing: Preprocessing


def write_card(card: ModelCard) -> str:
    """Return the card as JSON."""
    return json.dumps({"format": FORMAT, **asdict(card)}, indent=2) + "\n"


def read_card(path: Path) -> ModelCard:
    """Read what `write_card` wrote.

    Raises:
        RunError: If the file is missing or is not such a card.
    """
    try:
        tree = json.loads(path.read_text())
        if not isinstance(tree, dict) or tree.pop("format", None) != FORMAT:
            raise ValueError(f"this version reads format {FORMAT}")
        card = TypeAdapter(ModelCard).validate_python(tree)
        _check(card)
    except FileNotFoundError:
        raise RunError(
            f"{path} is missing: {path.parent} is not a finished run. "
            f"Finish it with `trainwell train --resume --out {path.parent}`."
        ) from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise RunError(
            f"{path} is not a model card ({place}: {first['msg']})."
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise RunError(f"{path} is not a model card ({error}).") from error
    return card


def _check(card: ModelCard) -> None:
    """Raise ValueError if the parts of the card do not fit each other."""
    how, channels = card.preprocessing, card.model.in_channels
    if not 2 <= len(set(card.classes)) == len(card.classes) == card.model.num_classes:
        raise ValueError(
            f"{len(card.classes)} class names for {card.model.num_classes} outputs"
        )
    lengths = {how.channels, len(how.standardize.mean), len(how.standardize.std)}
    if lengths != {channels}:
        raise ValueError(f"the model reads {channels} channels, preprocessing others")
    positive = (how.image_size, how.short_side or 1, channels, *how.standardize.std)
    if not all(0 < number < math.inf for number in positive):
        raise ValueError("a size or a standard deviation is not positive")
