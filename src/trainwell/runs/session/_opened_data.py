"""Data that was read, before a recipe is complete: what it is completed from."""

import time
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import torch

from trainwell.data import Splits, SubsetStore, subset
from trainwell.recipes import DataStats, Recipe, choose, refuse_unused, start_line
from trainwell.runs._reporter import Reporter
from trainwell.runs.session._data_stats import data_stats
from trainwell.runs.session._session import Rows, Session
from trainwell.runs.session._stores import Stores, open_store
from trainwell.runs.setup._own_parts import OwnParts

_NOTHING_OWN = OwnParts()


@dataclass(frozen=True)
class OpenedData:
    """Data that was read, with the recipe as it was given.

    Attributes:
        source: The data as it was named; `arrays` for values.
        splits: The images.
        requested: The recipe as it was given.
        device: Where networks are trained.
        reporter: Shows messages and progress.
        own: Parts that are given as objects.
        weights: Whether published weights may be the default.
        began: When the data began to be read, by `time.perf_counter`.
    """

    source: str
    splits: Splits
    requested: Recipe
    device: torch.device
    reporter: Reporter
    own: OwnParts = _NOTHING_OWN
    weights: bool = False
    began: float = field(default_factory=time.perf_counter)

    @cached_property
    def stats(self) -> DataStats:
        """The numbers that defaults are chosen by."""
        weights = self.weights and self.requested.model.name is None
        timed = self.requested.train.time is not None
        return data_stats(self.splits, self.device, weights=weights, timed=timed)

    def completed(self) -> tuple[Recipe, str, str]:
        """Return the recipe with nothing left open, what was chosen, and the start."""
        recipe, summary = choose(self.requested, self.stats)
        refuse_unused(recipe)
        start = start_line(recipe, self.stats, self.requested) if self.weights else ""
        return recipe, summary, start

    def session(self, recipe: Recipe, summary: str, stores: Stores) -> Session:
        """Return the session on all images."""
        return Session(
            source=self.source,
            splits=self.splits,
            stores=stores,
            requested=self.requested,
            recipe=recipe,
            summary=summary,
            device=self.device,
            reporter=self.reporter,
            own=self.own,
            seconds=time.perf_counter() - self.began,
        )

    def training_session(self, rows: Rows) -> Session:
        """Return the session on some training images; no other pixels are opened.

        Validation images are for `Session.hold_out` to cut.
        """
        train = subset(self.splits.train, rows)
        none = np.empty(0, np.int64)
        splits = replace(self.splits, train=train, val=subset(train, none), test=None)
        recipe, summary, _ = replace(self, splits=splits).completed()
        store = open_store(train, recipe, self.reporter.progress)
        stores = Stores(store, SubsetStore(store, none), None)
        return replace(self.session(recipe, summary, stores), splits=splits)
