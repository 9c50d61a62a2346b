"""Batches by keyed randomness: functions of (seed, epoch, sample) alone.

The batch of a step is computed, not remembered: nothing of the pipeline has to be
saved, and no number of threads, resume point or batch size changes a sample of an
epoch. An epoch ends with the last full batch; the samples left over differ in every
epoch.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

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
from trainwell.training._balanced_order import balanced_order
from trainwell.training._batch import Batch
from trainwell.training._prefetch import prefetch
from trainwell.training._render_settings import RenderSettings, render_samples
from trainwell.training._targets_shown import frames_shown, targets_shown


@dataclass(frozen=True, kw_only=True)
class KeyedBatches:
    """Training batches: shuffled, augmented, endless; see the text of the module.

    Attributes:
        dataset: Samples and targets.
        store: Pixels of the dataset.
        policy: Augmentation policy, which samples the parameters of each image.
        settings: Render settings.
        batch_size: Number of samples per step.
        seed: Seed of the order and of the augmentation.
        mixing: Mixing of each batch, such as mixup; None for none.
        epochs: Number of epochs of the whole run, for policies that change over it.
        balanced: Show each class equally often; see `balanced_order`.

    Example:
        >>> from trainwell.augment.policies import Plain
        >>> from trainwell.data import array_dataset, open_store
        >>> from trainwell.preprocess import Standardize
        >>> images = np.zeros((20, 8, 8, 1), np.uint8)
        >>> data = array_dataset(images, np.arange(20) % 2, ["a", "b"])
        >>> store = open_store(data, short_side=None, memory_limit=10**6, threads=1)
        >>> settings = RenderSettings(
        ...     size=8, fit="pad", border="mean", device=torch.device("cpu"),
        ...     standardize=Standardize((0.5,), (0.25,)))
        >>> batches = KeyedBatches(dataset=data, store=store, policy=Plain(fit="pad"),
        ...                        settings=settings, batch_size=6, seed=0)
        >>> batches.per_epoch, next(batches.stream(0, 1)).images.shape
        (3, torch.Size([6, 1, 8, 8]))
    """

    dataset: Dataset
    store: ImageStore
    policy: Policy
    settings: RenderSettings
    batch_size: int
    seed: int
    mixing: Mixing | None = None
    epochs: float | None = None
    balanced: bool = False

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
                order = self._order(epoch)
            start = step % self.per_epoch * self.batch_size
            yield self.batch(order[start : start + self.batch_size], epoch)

    def _order(self, epoch: int) -> npt.NDArray[np.int64]:
        keys, targets = self.dataset.keys, self.dataset.targets
        if self.balanced:
            return balanced_order(self.seed, epoch, keys, targets)
        return keyed.order(self.seed, epoch, keys)

    def batch(self, indices: npt.NDArray[np.int64], epoch: int) -> Batch:
        """Return these samples, augmented as in this epoch."""
        return self._draw(self.policy, self.mixing, indices, epoch)

    def transformed_by(
        self, transform: Transform, indices: npt.NDArray[np.int64], epoch: int
    ) -> Batch:
        """Return these samples, whole, augmented by another policy and not mixed."""
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
        size = self.settings.size
        context = SamplingContext(
            self.seed, epoch, keys, heights, widths, self.epochs, size
        )
        params = policy(context)
        batch = Batch(
            render_samples(self.store, indices, params, self.settings),
            targets_shown(self.dataset, indices, params, self.settings),
            torch.from_numpy(indices),
        )
        if mixing is None:
            return batch
        mixed, targets = mixing(batch.images, batch.targets, context)
        return Batch(mixed, targets, batch.indices)


def plain_batches(
    dataset: Dataset, store: ImageStore, settings: RenderSettings, batch_size: int
) -> Iterator[Batch]:
    """Yield every sample once, in order and not augmented, for evaluation.

    Example:
        >>> from trainwell.data import array_dataset, open_store
        >>> from trainwell.preprocess import Standardize
        >>> images = np.zeros((20, 8, 8, 1), np.uint8)
        >>> data = array_dataset(images, np.arange(20) % 2, ["a", "b"])
        >>> store = open_store(data, short_side=None, memory_limit=10**6, threads=1)
        >>> settings = RenderSettings(
        ...     size=8, fit="pad", border="mean", device=torch.device("cpu"),
        ...     standardize=Standardize((0.5,), (0.25,)))
        >>> [len(batch) for batch in plain_batches(data, store, settings, 8)]
        [8, 8, 4]
    """
    for start in range(0, len(dataset), batch_size):
        stop = min(start + batch_size, len(dataset))
        yield plain_batch(dataset, store, settings, np.arange(start, stop))


def plain_batch(
    dataset: Dataset,
    store: ImageStore,
    settings: RenderSettings,
    indices: npt.NDArray[np.int64],
) -> Batch:
    """Return these samples, not augmented.

    Example:
        >>> from trainwell.data import array_dataset, open_store
        >>> from trainwell.preprocess import Standardize
        >>> images = np.zeros((20, 8, 8, 1), np.uint8)
        >>> data = array_dataset(images, np.arange(20) % 2, ["a", "b"])
        >>> store = open_store(data, short_side=None, memory_limit=10**6, threads=1)
        >>> settings = RenderSettings(
        ...     size=8, fit="pad", border="mean", device=torch.device("cpu"),
        ...     standardize=Standardize((0.5,), (0.25,)))
        >>> plain_batch(data, store, settings, np.array([3, 4])).targets
        tensor([1, 0])
    """
    plain = KeyedBatches(
        dataset=dataset,
        store=store,
        policy=Plain(fit=settings.fit),
        settings=settings,
        batch_size=len(indices),
        seed=0,
    )
    frames = frames_shown(dataset, indices, settings)
    return replace(plain.batch(indices, epoch=0), frames=frames)
