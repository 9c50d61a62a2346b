"""Batches by keyed randomness: order and looks depend on (seed, epoch, sample) alone.

The batch of a step is computed, not remembered: nothing of the pipeline has to be
saved, and no number of threads, resume point or batch size changes how a sample looks
in an epoch. An epoch ends with the last full batch; what is left over differs in every
epoch, so nothing is left out for long.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from trainwell.augment.policies import (
    Compose,
    CTAugment,
    Mixing,
    Plain,
    Policy,
    SamplingContext,
    Transform,
)
from trainwell.core import keyed
from trainwell.data import Dataset, ImageStore, StreamingStore
from trainwell.training._batch import Batch
from trainwell.training._prefetch import prefetch
from trainwell.training._render_settings import RenderSettings, show


@dataclass(frozen=True, kw_only=True)
class KeyedBatches:
    """Training batches: shuffled, augmented, endless; see the module's text.

    Attributes:
        dataset: What to show.
        store: Its pixels.
        policy: How each sample looks.
        settings: How that becomes a tensor.
        batch_size: Samples per step.
        seed: Of order and looks.
        mixing: Mixes each batch, if given.
        epochs: Passes in the whole run, for policies that change over it.
    """

    dataset: Dataset
    store: ImageStore
    policy: Policy
    settings: RenderSettings
    batch_size: int
    seed: int
    mixing: Mixing | None = None
    epochs: float | None = None

    @property
    def learning(self) -> CTAugment | None:
        """The part of the policy that learns while training, if there is one."""
        transforms = self.policy.transforms if isinstance(self.policy, Compose) else ()
        return next((c for c in transforms if isinstance(c, CTAugment)), None)

    @property
    def per_epoch(self) -> int:
        """Full batches in one pass; at least 1."""
        return max(1, len(self.dataset) // self.batch_size)

    def stream(self, first: int, last: int) -> Iterator[Batch]:
        """Yield the batches of steps first to last - 1.

        They are prepared ahead, unless the policy learns from the steps before.
        """
        batches = self._stream(first, last)
        ahead = (
            isinstance(self.store, StreamingStore) or self.settings.device.type != "cpu"
        )
        return prefetch(batches) if ahead and self.learning is None else batches

    def _stream(self, first: int, last: int) -> Iterator[Batch]:
        epoch, order = -1, np.empty(0, np.int64)
        for step in range(first, last):
            if step // self.per_epoch != epoch:
                epoch = step // self.per_epoch
                order = keyed.order(self.seed, epoch, self.dataset.keys)
            start = step % self.per_epoch * self.batch_size
            yield self.batch(order[start : start + self.batch_size], epoch)

    def batch(self, indices: npt.NDArray[np.int64], epoch: int) -> Batch:
        """Return these samples as they look in this epoch."""
        return self._draw(self.policy, self.mixing, indices, epoch)

    def transformed_by(
        self, transform: Transform, indices: npt.NDArray[np.int64], epoch: int
    ) -> Batch:
        """Return these samples, whole, changed by another policy and not mixed."""
        policy = Compose(Plain(fit=self.settings.fit), (transform,))
        return self._draw(policy, None, indices, epoch)

    def _draw(
        self,
        policy: Policy,
        mixing: Mixing | None,
        indices: npt.NDArray[np.int64],
        epoch: int,
    ) -> Batch:
        heights, widths = self.store.sizes(indices).T
        keys = self.dataset.keys[indices]
        context = SamplingContext(self.seed, epoch, keys, heights, widths, self.epochs)
        batch = Batch(
            show(self.store, indices, policy(context), self.settings),
            torch.from_numpy(self.dataset.targets[indices]).to(self.settings.device),
            torch.from_numpy(indices),
        )
        if mixing is None:
            return batch
        mixed, targets = mixing(batch.images, batch.targets, context)
        return Batch(mixed, targets, batch.indices)


def plain_batches(
    dataset: Dataset, store: ImageStore, settings: RenderSettings, batch_size: int
) -> Iterator[Batch]:
    """Yield every sample once, in order and not augmented: what evaluation reads."""
    for start in range(0, len(dataset), batch_size):
        stop = min(start + batch_size, len(dataset))
        yield plain_batch(dataset, store, settings, np.arange(start, stop))


def plain_batch(
    dataset: Dataset,
    store: ImageStore,
    settings: RenderSettings,
    indices: npt.NDArray[np.int64],
) -> Batch:
    """Return these samples, not augmented."""
    plain = KeyedBatches(
        dataset=dataset,
        store=store,
        policy=Plain(fit=settings.fit),
        settings=settings,
        batch_size=len(indices),
        seed=0,
    )
    return plain.batch(indices, epoch=0)
