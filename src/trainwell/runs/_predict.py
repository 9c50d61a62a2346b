"""Predict with the model of a finished run."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from trainwell.core.progress import Progress, silent
from trainwell.data import ImageLike
from trainwell.infer import TestTime, load_predictor


def predict(  # noqa: PLR0913
    run: str | Path,
    images: ImageLike | Iterable[ImageLike],
    *,
    views: str | TestTime = "none",
    draws: int | None = None,
    average: str = "probability",
    device: str = "cpu",
    allow_import: bool = False,
    progress: Progress = silent,
) -> Any:  # noqa: ANN401
    """Predict the class of images with the model of a run folder.

    Load the model once with `load` to predict often.

    Args:
        run: The folder.
        images: One image, several, or a folder; see `Predictor.predict`.
        views: Views whose predictions are averaged; see `evaluate`.
        draws: Samples per image of a policy, 8 by default.
        average: Whether probabilities or logits are averaged.
        device: Where to predict; `auto` takes an accelerator if there is one.
        allow_import: Let the model be imported from your own code.
        progress: Shows the advance.

    Returns:
        A prediction for one image, a list for several.

    Raises:
        UserError: If the run or an image cannot be used.

    Example:
        >>> tw.predict(run, np.full((12, 12), 250, np.uint8)).label
        'light'
    """
    predictor = load_predictor(run, device=device, allow_import=allow_import)
    predictor = predictor.with_views(views, draws, average)
    return predictor.predict(images, progress=progress)
