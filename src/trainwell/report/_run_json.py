"""What the JSON of a run must hold; a folder from elsewhere may hold anything."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from trainwell.core.errors import RunError
from trainwell.core.files import read_regular

_TwoSizes = Annotated[list[int], Field(min_length=2, max_length=2)]


class _Json(BaseModel):
    """Fields that are read; more may be there. Numbers must be numbers."""

    model_config = ConfigDict(strict=True, extra="allow")


class _Layer(_Json):
    name: str
    num_weights: int
    num_zeros: int
    zeros: float


class _Sparsity(_Json):
    zeros: float
    layers: list[_Layer]


class _Calibration(_Json):
    before: float
    after: float
    confidence_before: float
    confidence_after: float


class Summary(_Json):
    """summary.json."""

    headline: str = "accuracy"
    train_seconds: float
    images_per_second: float
    num_parameters: int
    epochs: float
    best_epoch: float
    precision: str
    memory_format: str
    verdict: str
    stopped_by: str
    kept: str = ""
    faults: list[str] = []
    notes: list[str] = []
    processor_busy: float | None = None
    model: str | None = None
    sparsity: _Sparsity | None = None
    temperature: float | None = 1.0
    calibration: dict[str, _Calibration] = {}

    @model_validator(mode="before")
    @classmethod
    def _check_headlines(cls, tree: Any) -> Any:  # noqa: ANN401
        if isinstance(tree, dict):
            for split in ("val", "test"):
                name = f"{split}_{tree.get('headline', 'accuracy')}"
                if not isinstance(tree.get(name), float | int | None):
                    raise ValueError(f"{name} must be a number")
        return tree


class Origin(_Json):
    """origin.json."""

    source: str
    fingerprint: str
    chosen: str
    fingerprints: dict[str, str | None] = {}


class Environment(_Json):
    """environment.json."""

    trainwell: str


class _Pair(_Json):
    first_split: str
    first: str
    second_split: str
    second: str


class _Pairs(_Json):
    count: int
    pairs: list[_Pair]


class _BadImage(_Json):
    path: str
    reason: str


class Audit(_Json):
    """audit.json."""

    counts: dict[Literal["train", "val", "test"], dict[str, int]]
    heights: _TwoSizes
    widths: _TwoSizes
    modes: dict[str, int]
    bad_images: list[_BadImage]
    ignored: list[str]
    num_ignored: int
    exact_duplicates: _Pairs
    near_duplicates: _Pairs
    label_conflicts: list[list[str]]
    num_label_conflicts: int
    imbalance: float
    warnings: list[str]


def read_run_json(path: Path, kind: type[BaseModel]) -> dict[str, Any]:
    """Return what a file of a run holds, of the shape that is named.

    Raises:
        RunError: If it is missing, no JSON, or of another shape.
    """
    try:
        tree: dict[str, Any] = json.loads(read_regular(path))
        kind.model_validate(tree)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        reason = f"{place}: {first['msg'][0].lower()}{first['msg'][1:]}"
    except (OSError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
    else:
        return tree
    raise RunError(
        f"{path} cannot be read ({reason}); a finished run has it, so finish the run "
        "or train again."
    )
