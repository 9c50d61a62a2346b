"""A session: data, pixels, a complete recipe and a device; see `open_session`."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from trainwell.data import (
    Dataset,
    ImageStore,
    Splits,
    SubsetStore,
    source_place,
    subset,
)
from trainwell.recipes import Recipe
from trainwell.runs._reporter import Reporter
from trainwell.runs.session._data_identity import fingerprints
from trainwell.runs.session._stores import Stores
from trainwell.runs.setup._own_parts import OwnParts

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Session:
    """What a command works with.

    Attributes:
        source: The data as it was named; `arrays` for values.
        splits: The images.
        stores: Their pixels.
        requested: The recipe as it was given.
        recipe: The recipe with nothing left open.
        summary: What was chosen, in one line.
        device: Where networks are trained.
        reporter: Shows messages and progress.
        own: Parts of the training that the caller made.
        seconds: How long opening took.
    """

    source: str
    splits: Splits
    stores: Stores
    requested: Recipe
    recipe: Recipe
    summary: str
    device: torch.device
    reporter: Reporter
    own: OwnParts = OwnParts()
    seconds: float = 0.0

    def subset(self, train: Rows) -> "Session":
        """Return the session with some of the training images."""
        return self._with(train, self.splits.val, self.stores.val)

    def hold_out(self, train: Rows, val: Rows) -> "Session":
        """Return the session with validation images cut from the training images."""
        held_out = self.splits.train, self.stores.train
        session = self._with(
            train, subset(held_out[0], val), SubsetStore(held_out[1], val)
        )
        return replace(
            session,
            splits=replace(session.splits, test=None),
            stores=replace(session.stores, test=None),
        )

    def _with(self, train: Rows, val: Dataset, val_store: ImageStore) -> "Session":
        learned = subset(self.splits.train, train)
        store = SubsetStore(self.stores.train, train)
        return replace(
            self,
            splits=replace(self.splits, train=learned, val=val),
            stores=replace(self.stores, train=store, val=val_store),
        )

    @property
    def origin(self) -> dict[str, Any]:
        """What a run folder keeps of where its data came from."""
        origin = {
            "source": self.source,
            "place": source_place(self.source),
            "fingerprint": str(self.splits.train.fingerprint),
            "fingerprints": fingerprints(self.splits),
            "chosen": self.summary,
        }
        if self.own == OwnParts():
            return origin
        own = "; ".join(f"{k}: {v}" for k, v in self.own.described.items())
        return {**origin, "own_parts": own}


def place_of(origin: dict[str, str]) -> str:
    """Return where the data of a run lies: from any folder, the place it had."""
    place = origin.get("place", origin["source"])
    return place if Path(place).exists() else origin["source"]
