"""Predict with a saved model: the same pixels in, the same probabilities out."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from trainwell.augment import render, render_uint8
from trainwell.augment.ops import TransformParams, crop_only, fit
from trainwell.core.device import num_cores
from trainwell.core.errors import DataError
from trainwell.core.progress import Progress, silent
from trainwell.data import (
    Dataset,
    Image,
    PackedImages,
    StreamingStore,
    decode,
    pack_images,
    shrink,
)
from trainwell.infer._card import ModelCard
from trainwell.infer._test_time import ONE_VIEW, TestTime
from trainwell.training import Evaluation

_BATCH = 256


@dataclass(frozen=True)
class Prediction:
    """What the model says of one image.

    Attributes:
        name: The file, or "image 3" for arrays.
        label: The most probable class.
        probability: Of that class.
        probabilities: Of every class, in the order of the model's classes.
        classes: The model's class names.
    """

    name: str
    label: str
    probability: float
    probabilities: npt.NDArray[np.float32]
    classes: tuple[str, ...]

    def top(self, count: int) -> list[tuple[str, float]]:
        """Return the `count` most probable classes, the most probable first."""
        order = np.argsort(-self.probabilities, kind="stable")[:count]
        return [(self.classes[i], float(self.probabilities[i])) for i in order]


@dataclass(frozen=True)
class Predictor:
    """A trained network and the card that says how to use it.

    Attributes:
        model: The network, in evaluation mode.
        card: Classes and preprocessing.
        test_time: Views whose answers are averaged; one by default.
    """

    model: nn.Module
    card: ModelCard
    test_time: TestTime = ONE_VIEW

    @property
    def classes(self) -> tuple[str, ...]:
        """The class names, in the order of the probabilities."""
        return self.card.classes

    def predict(
        self, images: Iterable[str | Path | Image], *, progress: Progress = silent
    ) -> list[Prediction]:
        """Predict image files, or decoded images (uint8, height x width x channels).

        Raises:
            DataError: If an image cannot be read, or has other channels.
        """
        given = list(images)
        predictions: list[Prediction] = []
        with progress("Predicting", len(given)) as advance:
            for start in range(0, len(given), _BATCH):
                part = given[start : start + _BATCH]
                probabilities = self.probabilities(self._pack(part))
                names = [
                    f"image {start + i}" if isinstance(x, np.ndarray) else str(x)
                    for i, x in enumerate(part)
                ]
                for name, row in zip(names, probabilities, strict=True):
                    best = int(row.argmax())
                    predictions.append(
                        Prediction(
                            name,
                            self.classes[best],
                            float(row[best]),
                            row,
                            self.classes,
                        )
                    )
                advance(len(part))
        return predictions

    def evaluate(self, dataset: Dataset, *, progress: Progress = silent) -> Evaluation:
        """Return the probabilities and targets of a labelled dataset."""
        rows = []
        store = StreamingStore(dataset, self.card.preprocessing.short_side, num_cores())
        with progress("Evaluating", len(dataset)) as advance:
            for start in range(0, len(dataset), _BATCH):
                part = np.arange(start, min(start + _BATCH, len(dataset)))
                pack, _ = store.fetch(part)
                rows.append(self.probabilities(pack))
                advance(len(part))
        return Evaluation(np.concatenate(rows), dataset.targets)

    @torch.no_grad()
    def probabilities(self, images: PackedImages) -> npt.NDArray[np.float32]:
        """Return (n, classes) for decoded images that are reduced already."""
        logits = []
        for params, mirrored in self.test_time.views(
            images, self.card.preprocessing.fit
        ):
            x = self._rendered(images, params)
            logits.append(self.model(x.flip(-1) if mirrored else x).float())
        result: npt.NDArray[np.float32] = self.test_time.mean(logits).cpu().numpy()
        return result

    def _rendered(self, images: PackedImages, params: TransformParams) -> Tensor:
        options = self.card.preprocessing
        batch = render(
            images,
            np.arange(len(images)),
            params,
            size=options.image_size,
            standardize=options.standardize,
            border=options.border,
            threads=num_cores(),
        )
        device = next(self.model.parameters()).device
        return torch.from_numpy(batch).to(device).permute(0, 3, 1, 2).contiguous()

    def prepared(self, images: Sequence[str | Path | Image]) -> npt.NDArray[np.uint8]:
        """Return (n, size, size, channels): 8-bit images as an export is fed."""
        options = self.card.preprocessing
        pack = self._pack(images)
        return render_uint8(
            pack,
            np.arange(len(pack)),
            crop_only(fit(pack.heights, pack.widths, mode=options.fit)),
            size=options.image_size,
            standardize=options.standardize,
            border=options.border,
            threads=num_cores(),
        )

    def _pack(self, images: Sequence[str | Path | Image]) -> PackedImages:
        with ThreadPoolExecutor(num_cores()) as pool:
            return pack_images(list(pool.map(self._decoded, images)))

    def _decoded(self, image: str | Path | Image) -> Image:
        options = self.card.preprocessing
        if not isinstance(image, np.ndarray):
            image = decode(
                Path(image), channels=options.channels, short_side=options.short_side
            )
        elif image.dtype != np.uint8 or image.ndim != 3:
            raise DataError(
                "an image must be uint8, height x width x channels; got "
                f"{image.dtype}, shape {image.shape}."
            )
        if image.shape[2] != options.channels:
            raise DataError(
                f"the model reads {options.channels} channels, the image has "
                f"{image.shape[2]}."
            )
        return shrink(image, options.short_side)
