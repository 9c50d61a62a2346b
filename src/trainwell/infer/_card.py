"""The model card: what a saved model is, what it expects, and what it answers.

`model.json` beside `model.safetensors` holds it. With both, and nothing else, a model
predicts exactly as it did in training.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

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
        border: What lies outside an image: `mean` or `reflect`.
        standardize: Mean and standard deviation per channel, on a 0..1 scale.
    """

    image_size: int
    channels: int
    short_side: int | None
    fit: str
    border: str
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
        return _parse(json.loads(path.read_text()))
    except FileNotFoundError:
        raise RunError(
            f"{path} is missing: {path.parent} is not a finished run. "
            "Finish it with `trainwell train --resume --out " + f"{path.parent}`."
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(f"{path} is not a model card ({error}).") from error


def _parse(tree: dict[str, Any]) -> ModelCard:
    if tree["format"] != FORMAT:
        raise ValueError(f"format {tree['format']}, this version reads {FORMAT}")
    given = dict(tree["preprocessing"])
    standardize = given.pop("standardize")
    mean, std = tuple(standardize["mean"]), tuple(standardize["std"])
    return ModelCard(
        task=tree["task"],
        classes=tuple(tree["classes"]),
        model=ModelSpec(**tree["model"]),
        preprocessing=Preprocessing(**given, standardize=Standardize(mean, std)),
    )
