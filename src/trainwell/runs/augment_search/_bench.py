"""Parts of the training images: networks learn from one and are judged by another."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch

from trainwell import data
from trainwell.core import keyed
from trainwell.core.device import num_cores, pick_device
from trainwell.data import ImageStore, Splits, SubsetStore, stratified_indices, subset
from trainwell.recipes import Recipe, choose, refuse_unused
from trainwell.runs._data import Stores, gather_facts, short_side
from trainwell.runs._prepare import Prepared, prepare
from trainwell.runs._reporter import Quiet, Reporter

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Bench:
    """Some training images, held in memory, and the recipe for networks on them.

    Attributes:
        recipe: Complete.
        splits: `train` holds these images; the others are not read.
        store: Their pixels.
        device: Where to train.
    """

    recipe: Recipe
    splits: Splits
    store: ImageStore
    device: torch.device

    def __len__(self) -> int:
        return len(self.store)

    def prepare(self, learn: Rows, judge: Rows, *, number: int) -> Prepared:
        """Return network `number`: it learns from some images, others judge it."""
        train, val = (subset(self.splits.train, rows) for rows in (learn, judge))
        stores = Stores(
            SubsetStore(self.store, learn), SubsetStore(self.store, judge), None
        )
        recipe = self.recipe.model_copy(update={"seed": self.seed_of(number)})
        splits = replace(self.splits, train=train, val=val, test=None)
        return prepare(recipe, splits, stores, self.device, Quiet())

    def seed_of(self, number: int) -> int:
        """Return the seed of weights, order and looks of a network."""
        ids = np.array([number], np.uint64)
        word = keyed.bits(self.recipe.seed, 0, ids, "network")[0, 0]
        return int(word >> np.uint64(33))


def open_bench(splits: Splits, asked: Recipe, most: int, reporter: Reporter) -> Bench:
    """Choose at most `most` training images and the recipe for them; decode these."""
    device = pick_device(asked.train.device)
    rows = stratified_indices(splits.train, most, seed=asked.seed)
    some = replace(splits, train=subset(splits.train, rows))
    recipe, _ = choose(asked, gather_facts(some, device))
    refuse_unused(recipe)
    store = data.open_store(
        some.train,
        short_side=short_side(recipe.data.image_size or 0),
        memory_limit=int(recipe.data.memory_gb * 2**30),
        threads=recipe.train.threads or num_cores(),
        progress=reporter.progress,
    )
    return Bench(recipe, some, store, device)
