"""Predict with a saved model: the same pixels in, the same probabilities out."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, overload

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image as PillowImage
from torch import Tensor, nn

from trainwell.core.device import num_cores
from trainwell.core.errors import ArgumentError
from trainwell.core.image_size import size_text
from trainwell.core.progress import Progress, silent
from trainwell.data import (
    Dataset,
    ImageLike,
    PackedImages,
    Pixels,
    StreamingStore,
    as_image,
    image_list,
    is_one_image,
    pack_images,
)
from trainwell.infer._metadata import ModelMetadata
from trainwell.infer._prediction import image_name
from trainwell.infer._show_images import levels_of, shown
from trainwell.infer._test_time import ONE_VIEW, TestTime, named_views, refuse_moving
from trainwell.tasks import Prediction, whole_frames
from trainwell.training import Evaluation

_BATCH = 256


@dataclass(frozen=True)
class Predictor:
    """A trained network and its metadata.

    Attributes:
        model: Network in evaluation mode.
        metadata: Classes and preprocessing.
        test_time: Views whose predictions are averaged; one by default.
        path: Run folder that it was loaded from, if it was.

    Example:
        >>> from trainwell.models import create
        >>> from trainwell.preprocess import Standardize
        >>> from trainwell.tasks import Classification
        >>> made = create("mlp", num_classes=2, in_channels=1, image_size=8)
        >>> pre = Preprocessing(image_size=8, channels=1, short_side=None, fit="pad",
        ...                     border="mean", standardize=Standardize((0.5,), (0.25,)))
        >>> metadata = ModelMetadata(task=Classification(("cat", "dog")),
        ...                          model=made.spec, preprocessing=pre)
        >>> predictor = Predictor(made.model.eval(), metadata)
        >>> predictor.predict(np.zeros((8, 8), np.uint8)).label in ("cat", "dog")
        True
    """

    model: nn.Module
    metadata: ModelMetadata
    test_time: TestTime = ONE_VIEW
    path: Path | None = None

    def __repr__(self) -> str:
        size = size_text(self.metadata.preprocessing.image_size)
        name, count = self.metadata.model.name, len(self.classes)
        return f"Predictor({name}, {count} classes, {size} px)"

    def with_views(
        self, views: str | TestTime, draws: int | None, average: str
    ) -> "Predictor":
        """Return the predictor that averages over views; see `named_views`."""
        if isinstance(views, str):
            views = named_views(views, draws, average)
        if self.metadata.task.located:
            refuse_moving(views)
        return replace(self, test_time=views)

    @property
    def classes(self) -> tuple[str, ...]:
        """The class names, in the order of the probabilities."""
        return self.metadata.classes

    @overload
    def predict(self, images: str | Path, *, progress: Progress = silent) -> Any: ...  # noqa: ANN401
    @overload
    def predict(  # type: ignore[overload-overlap]
        self,
        images: bytes | PillowImage.Image | Pixels | Tensor,
        *,
        progress: Progress = silent,
    ) -> Prediction: ...
    @overload
    def predict(
        self, images: Iterable[ImageLike], *, progress: Progress = silent
    ) -> list[Prediction]: ...

    def predict(
        self, images: ImageLike | Iterable[ImageLike], *, progress: Progress = silent
    ) -> Any:
        """Predict the class of one image, of several, or of a folder of images.

        Args:
            images: A file, the bytes of one, a Pillow image, a uint8 array (height x
                width, or height x width x channels) or tensor (channels x height x
                width); several of these, an array with four axes, a folder or a glob.
            progress: Progress bar over the images.

        Returns:
            One prediction for one image, a list for several.

        Raises:
            DataError: If there is none, or one cannot be read or has other channels.
        """
        if is_one_image(images):
            return self._predict([images], progress)[0]  # type: ignore[list-item]
        return self._predict(image_list(images), progress)

    def _predict(
        self, images: Sequence[ImageLike], progress: Progress
    ) -> list[Prediction]:
        found: list[Prediction] = []
        with progress("Predicting", len(images)) as advance:
            for start in range(0, len(images), _BATCH):
                part = images[start : start + _BATCH]
                rows = self.probabilities(self.packed(part))
                names = [image_name(image, i) for i, image in enumerate(part, start)]
                found += map(self.metadata.task.prediction, names, rows)
                advance(len(part))
        return found

    def evaluate(self, dataset: Dataset, *, progress: Progress = silent) -> Evaluation:
        """Return the probabilities and targets of a labelled dataset.

        Raises:
            ArgumentError: If it is the source of one, which `tw.evaluate` reads.
        """
        if not isinstance(dataset, Dataset):
            raise ArgumentError(
                f"`dataset` must be a Dataset of tw.data, got {dataset!r}. "
                "`tw.evaluate(predictor, source)` reads folders and arrays."
            )
        rows, short_side = [], self._decoding["short_side"]
        store = StreamingStore(dataset, short_side, num_cores())
        with progress("Evaluating", len(dataset)) as advance:
            for start in range(0, len(dataset), _BATCH):
                part = np.arange(start, min(start + _BATCH, len(dataset)))
                pack, _ = store.fetch(part)
                rows.append(self.probabilities(pack))
                advance(len(part))
        return Evaluation(self.metadata.task, np.concatenate(rows), dataset.targets)

    @property
    def _decoding(self) -> dict[str, Any]:
        """How files are decoded: whole where places in them are the answer."""
        options = self.metadata.preprocessing.decoding
        located = self.metadata.task.located
        return options | {"short_side": None} if located else options

    def probabilities(self, images: PackedImages) -> npt.NDArray[np.float32]:
        """Return predictions, (n, outputs), for images as `decoding` reads them."""
        found, task = self._as_shown(images), self.metadata.task
        if not task.located:
            return found
        options, sizes = self.metadata.preprocessing, (images.heights, images.widths)
        frames = whole_frames(np.stack(sizes, 1), options.fit, options.image_size)
        return np.asarray(task.placed(found, frames))

    def exported(self, images: Sequence[ImageLike]) -> npt.NDArray[np.float32]:
        """Return predictions, (n, outputs), of `prepared` images, as exports do."""
        return self._as_shown(self.packed(images))

    @torch.no_grad()
    def _as_shown(self, images: PackedImages) -> npt.NDArray[np.float32]:
        logits, turned, options = [], [], self.metadata.preprocessing
        device = next(self.model.parameters()).device
        task, temperature = self.metadata.task, self.metadata.temperature
        views = self.test_time.views(images, options.fit, options.image_size)
        for params, mirrored in views:
            x = shown(images, params, options).to(device)
            logits.append(self.model(x.flip(-1) if mirrored else x).float())
            turned.append(mirrored)
        mean = self.test_time.mean(logits, task, temperature, turned)
        return np.asarray(mean.cpu().numpy())

    def prepared(self, images: Sequence[ImageLike]) -> npt.NDArray[Any]:
        """Return (n, height, width, channels) as an export is fed: 8 or 16 bits."""
        return levels_of(self.packed(images), self.metadata.preprocessing)

    def packed(self, images: Sequence[ImageLike]) -> PackedImages:
        """Return decoded images, as `probabilities` takes them."""
        read = partial(as_image, **self._decoding)
        with ThreadPoolExecutor(num_cores()) as pool:
            return pack_images(list(pool.map(read, images)))
