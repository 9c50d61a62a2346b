"""The technique table: every technique is declared once, in the files beside this one.

Recipes, model modifications, `trainwell show techniques` and the documentation read
it. A row holds paths, not objects: nothing is imported until a technique is needed,
and the table stands below the packages that it lists.
"""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from trainwell.core.techniques._augmentation import AUGMENTATION
from trainwell.core.techniques._layers import ACTIVATIONS, NORMALISATION
from trainwell.core.techniques._regularisation import (
    ENSEMBLES,
    REGULARISATION,
    TRANSFER,
)
from trainwell.core.techniques._row import Row
from trainwell.core.techniques._training import (
    INITIALISATION,
    LOSSES,
    OPTIMIZERS,
    PREPROCESSING,
    SCHEDULES,
)

ROWS: Mapping[str, tuple[Row, ...]] = MappingProxyType(
    {
        "Activations": ACTIVATIONS,
        "Preprocessing": PREPROCESSING,
        "Initialisation": INITIALISATION,
        "Normalisation": NORMALISATION,
        "Regularisation": REGULARISATION,
        "Losses": LOSSES,
        "Optimizers": OPTIMIZERS,
        "Schedules": SCHEDULES,
        "Augmentation": AUGMENTATION,
        "Ensembles": ENSEMBLES,
        "Transfer": TRANSFER,
    }
)
"""The rows of each group, in the order in which they are shown.

The networks of the group "Models" are declared in the catalogue of `trainwell.models`.
"""


def section_names() -> tuple[str, ...]:
    """Return the recipe sections that name a technique."""
    return _SECTIONS


@cache
def builders(section: str) -> Mapping[str, Callable[..., Any]]:
    """Return the names that a recipe section accepts, and what each one calls."""
    return MappingProxyType(
        {
            row.name or row.title: row.builder()
            for rows in ROWS.values()
            for row in rows
            if row.section == section
        }
        | _NOTHING.get(section, {})
    )


def _identity() -> None:
    """Stand for the choice of no technique; it takes no arguments."""


_NOTHING: Mapping[str, dict[str, Callable[..., Any]]] = {"norm": {"none": _identity}}
_SECTIONS = (
    "preprocess",
    "activation",
    "norm",
    "init",
    "noise",
    "loss",
    "penalty",
    "optimizer",
    "gradients",
    "schedule",
    "augment",
    "prune",
)
