"""What trainings of a search share: the data in memory, a complete recipe, a device."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from trainwell.core import keyed
from trainwell.data import Splits, SubsetStore, stratified_indices, subset
from trainwell.recipes import Recipe
from trainwell.runs._clock import Clock
from trainwell.runs._data import Stores
from trainwell.runs._prepare import Prepared, prepare
from trainwell.runs._reporter import Quiet, Reporter
from trainwell.training import StopOnSignal


@dataclass(frozen=True)
class Lab:
    """Where networks are trained.

    Attributes:
        recipe: Complete; the default of the search.
        splits: The data.
        stores: Its pixels.
        device: Where to train.
        reporter: Who is told.
        stop: Whether Ctrl-C or SIGTERM came.
        clock: The time.
        path: The folder of the search.
    """

    recipe: Recipe
    splits: Splits
    stores: Stores
    device: torch.device
    reporter: Reporter
    stop: StopOnSignal
    clock: Clock
    path: Path

    def prepare(self, recipe: Recipe) -> Prepared:
        """Return a network that starts as the recipe's seed says, with its batches."""
        return prepare(recipe, self.splits, self.stores, self.device, Quiet())

    def with_few(self, count: int) -> "Lab":
        """Return the same with at most `count` training images, of every class."""
        train = self.splits.train
        rows = stratified_indices(train, count, seed=self.recipe.seed)
        return replace(
            self,
            splits=replace(self.splits, train=subset(train, rows)),
            stores=replace(self.stores, train=SubsetStore(self.stores.train, rows)),
        )

    def seed_of(self, number: int) -> int:
        """Return the seed of a repeat; of number 0, the recipe's own."""
        if number == 0:
            return self.recipe.seed
        ids = np.array([number], np.uint64)
        word = keyed.bits(self.recipe.seed, 0, ids, "repeat")[0, 0]
        return int(word >> np.uint64(33))
