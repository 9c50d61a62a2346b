"""The maps of images by several methods, with what each answer is and what fools it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from trainwell import explain as maps_of
from trainwell.core.errors import ModelError
from trainwell.core.image_size import height_and_width
from trainwell.data import ImageLike
from trainwell.infer import Predictor, network_inputs
from trainwell.layers.norm import fold_batch_norm
from trainwell.models import SecondLook
from trainwell.report import AnswerShown, ImageShown, MapShown, map_picture
from trainwell.runs._explain_answers import Asked, asked
from trainwell.runs._explain_defaults import images_at_once, usual_cam
from trainwell.runs._explain_fooled import FoolingImage, fooled
from trainwell.tasks import Answer

METHODS = {
    "grad_cam": ("Grad-CAM", "heat"),
    "hires_cam": ("HiResCAM", "heat"),
    "saliency": ("saliency", "heat"),
    "smooth_grad": ("SmoothGrad", "heat"),
    "integrated_gradients": ("integrated gradients", "signs"),
    "occlusion": ("occlusion", "signs"),
}
"""Titles of the methods, and how their maps are drawn."""
OTHERS = ("saliency", "integrated_gradients")
"""What is shown beside Grad-CAM by default."""
_LARGE, _STEPS = 128, (4, 16)  # pixels; points of integrated gradients above, and below
_NEED_MAPS = ("grad_cam", "hires_cam")


class MapPlan:
    """What is computed for every image.

    Args:
        predictor: Network and preprocessing.
        target: Class, label, number or point; the best answers if None.
        top: How many answers, where none is named.
        layer: Of Grad-CAM; the last that puts out maps if None.
    """

    def __init__(
        self, predictor: Predictor, target: str | None, top: int, layer: str | None
    ) -> None:
        model = predictor.model
        model = model.network if isinstance(model, SecondLook) else model
        folded = fold_batch_norm(model)
        self.network = folded.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.predictor, self.target, self.top = predictor, target, top
        self.layer = layer
        self.usual = (usual_cam(predictor.metadata.task), *OTHERS)
        size = predictor.metadata.preprocessing.image_size
        self.at_once = images_at_once(size)
        self.steps = _STEPS[max(height_and_width(size)) <= _LARGE]

    def usable(
        self, methods: Sequence[str] | None, image: ImageLike
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the methods to use, and what is to be said of those left out.

        Raises:
            ModelError: If a method that was asked for cannot be used.
        """
        x, _ = self._read([image])
        answers = self._asked(x)
        usable, notes = [], []
        for method in methods or self.usual:
            try:
                self._maps(method, x, answers[0])
            except ModelError as error:
                if methods or (self.layer and method in _NEED_MAPS):
                    raise
                notes.append(f"Without {METHODS[method][0]}: {error}")
            else:
                usable.append(method)
        return tuple(usable) or ("occlusion",), tuple(notes)

    def shown(
        self,
        images: Sequence[ImageLike],
        answers: Sequence[Answer],
        methods: Sequence[str],
    ) -> list[ImageShown]:
        """Return what the page shows of a few images."""
        x, pixels = self._read(images)
        predictions = self._predictions(x)
        found = fooled(self.network, x, predictions, self.predictor.metadata)
        ranks = [(a, self._all_maps(methods, x, a)) for a in self._asked(x)]
        return [
            ImageShown(
                answer.name,
                pixels[i],
                "  ".join(answer.words(1)),
                tuple(_answer(a, maps, pixels[i], i) for a, maps in ranks),
                *_other(found[i] if found else None),
            )
            for i, answer in enumerate(answers)
        ]

    def _read(
        self, images: Sequence[ImageLike]
    ) -> tuple[Tensor, npt.NDArray[np.uint8]]:
        x, pixels = network_inputs(self.predictor, images)
        return x.to(memory_format=torch.channels_last), pixels

    def _predictions(self, x: Tensor) -> npt.NDArray[np.float32]:
        metadata = self.predictor.metadata
        outputs = self._outputs(x) / metadata.temperature
        return np.asarray(metadata.task.predictions(outputs).cpu().numpy())

    def _outputs(self, x: Tensor) -> Tensor:
        with torch.no_grad():
            outputs: Tensor = self.network(x).float()
        return outputs

    def _asked(self, x: Tensor) -> list[Asked]:
        task = self.predictor.metadata.task
        return asked(task, self._predictions(x), self.target, self.top)

    def _all_maps(
        self, methods: Sequence[str], x: Tensor, answer: Asked
    ) -> dict[str, npt.NDArray[np.floating[Any]]]:
        return {m: self._maps(m, x, answer).cpu().numpy() for m in methods}

    def _maps(self, method: str, x: Tensor, answer: Asked) -> Tensor:
        more: dict[str, Any] = {}
        if method == "integrated_gradients":
            more["steps"] = self.steps
        if method in _NEED_MAPS:
            more |= {"layer": self.layer, "absolute": answer.signed}
        maps: Tensor = getattr(maps_of, method)(
            self.network, x, answer.target, chunk=self.at_once, **more
        )
        return maps


def _answer(
    answer: Asked,
    maps: dict[str, npt.NDArray[np.floating[Any]]],
    pixels: npt.NDArray[np.uint8],
    i: int,
) -> AnswerShown:
    shown = tuple(
        MapShown(METHODS[method][0], map_picture(pixels, rows[i], METHODS[method][1]))
        for method, rows in maps.items()
    )
    return AnswerShown(answer.names[i], answer.values[i], shown)


def _other(found: FoolingImage | None) -> tuple[str, npt.NDArray[np.uint8] | None]:
    return ("", None) if found is None else (found.words, found.pixels)
