"""Answers for the images that can be read, and a word for each that cannot."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from trainwell.core.errors import ArgumentError, DataError
from trainwell.core.progress import Progress
from trainwell.data import ImageLike
from trainwell.infer import Prediction, Predictor, image_name

UNKNOWN = "unknown"
"""The label of an answer that is less probable than the threshold."""

_BATCH = 64

OnBad = Callable[[str, DataError], None]
"""Called with the name of an image that cannot be read, and the reason."""


def predict_readable(
    predictor: Predictor,
    images: Sequence[ImageLike],
    progress: Progress,
    on_bad: OnBad | None,
) -> list[Prediction]:
    """Return the predictions of all images, without those that cannot be read.

    Args:
        predictor: The model.
        images: Images one by one.
        progress: Shows the advance.
        on_bad: Called for each that is left out; without it, the first is an error.

    Raises:
        DataError: If an image cannot be read and `on_bad` is None.

    Example:
        >>> from trainwell.core.progress import silent
        >>> images = [np.full((12, 12), 250, np.uint8), b"no image"]
        >>> bad = []
        >>> found = predict_readable(
        ...     tw.load(run), images, silent, lambda name, error: bad.append(name))
        >>> [answer.label for answer in found], bad
        (['light'], ['image 1'])
    """
    found: list[Prediction] = []
    with progress("Predicting", len(images)) as advance:
        for start in range(0, len(images), _BATCH):
            part = images[start : start + _BATCH]
            try:
                answers = predictor.predict(part)
                found += [
                    replace(answer, name=image_name(image, number))
                    for number, (image, answer) in enumerate(
                        zip(part, answers, strict=True), start
                    )
                ]
            except DataError:
                if on_bad is None:
                    raise
                for number, image in enumerate(part, start):
                    found += _one(predictor, image, number, on_bad)
            advance(len(part))
    return found


def with_unknown(prediction: Prediction, threshold: float | None) -> Prediction:
    """Return the prediction, labelled unknown where it is below the threshold.

    Example:
        >>> answer = tw.predict(run, np.full((12, 12), 250, np.uint8))
        >>> with_unknown(answer, 1.1).label
        'unknown'
    """
    if threshold is None:
        return prediction
    if not isinstance(prediction, Prediction):
        raise ArgumentError(
            "`threshold` needs the probability of a class, which this model does not "
            "answer with; leave it out."
        )
    if prediction.probability >= threshold:
        return prediction
    return replace(prediction, label=UNKNOWN)


def _one(
    predictor: Predictor, image: ImageLike, number: int, on_bad: OnBad
) -> list[Prediction]:
    name = image_name(image, number)
    try:
        (answer,) = predictor.predict([image])
    except DataError as error:
        on_bad(name, error)
        return []
    return [replace(answer, name=name)]
