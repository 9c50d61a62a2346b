"""Predict with the model of a finished run."""

from collections.abc import Iterable
from typing import Any

from trainwell.core import checks
from trainwell.core.arguments import checked
from trainwell.core.errors import ArgumentError, DataError
from trainwell.core.progress import Progress, silent
from trainwell.data import ImageLike, image_list, is_one_image
from trainwell.infer import TestTime
from trainwell.runs._argument_rules import RULES
from trainwell.runs._given_run import RunLike, predictor_of
from trainwell.runs._readable import predict_readable, with_unknown


@checked(RULES)
def predict(  # noqa: PLR0913
    run: RunLike,
    images: ImageLike | Iterable[ImageLike],
    *,
    top: int | None = None,
    threshold: float | None = None,
    bad_images: str = "stop",
    views: str | TestTime = "none",
    draws: int | None = None,
    average: str = "probability",
    epoch: int | None = None,
    device: str | None = None,
    allow_import: bool = False,
    progress: Progress = silent,
) -> Any:  # noqa: ANN401
    """Predict what images show with the model of a run folder.

    Load the model once with `load` to predict often.

    Args:
        run: The folder, or what `train` or `load` returned.
        images: One image, several, a folder or a glob; see `Predictor.predict`.
        threshold: Answers less probable than this are labelled "unknown".
        bad_images: "stop" at an image that cannot be read, or "skip" it: several
            images give fewer predictions, each with its name.
        top: Return the names and probabilities of as many classes or labels for each
            image.
        views: Views whose predictions are averaged; see `evaluate`.
        draws: Samples per image of a policy, 8 by default.
        average: Whether probabilities or logits are averaged.
        epoch: Epoch of a run with `train.keep=epochs`; the final weights by default.
        device: Where to predict, the CPU by default; `auto` takes an accelerator if
            there is one.
        allow_import: Let the model be imported from your own code.
        progress: Shows the advance.

    Returns:
        A prediction for one image, a list for several; with `top`, each is a list of
        (class, probability), the most probable first.

    Raises:
        UserError: If the run or an image cannot be used.

    Example:
        >>> tw.predict(run, np.full((12, 12), 250, np.uint8)).label
        'light'
        >>> tw.predict(run, np.full((12, 12), 250, np.uint8), top=1)
        [('light', ...)]
    """
    if threshold is not None:
        checks.between("threshold", threshold, 0, 1)
    predictor = predictor_of(
        run,
        views=views,
        draws=draws,
        average=average,
        device=device,
        allow_import=allow_import,
        epoch=epoch,
    )
    task = predictor.metadata.task
    if top is not None and task.linear == "numbers":
        raise ArgumentError(
            f"`top` needs classes or labels; the task of the model is {task.name}. "
            "Leave it out."
        )
    if is_one_image(images):
        one: Any = predictor.predict(images, progress=progress)
        found = with_unknown(one, threshold)
        return found if top is None else found.top(top)
    skip = None if bad_images == "stop" else _skip
    several = image_list(images)
    answers = predict_readable(predictor, several, progress, skip)
    if top is None:
        return [with_unknown(answer, threshold) for answer in answers]
    return [answer.top(top) for answer in answers]


def _skip(name: str, error: DataError) -> None:
    """Leave the image out."""
