"""Compare an 8-bit export with the float export: answers, quality, speed and size.

Source: none; a comparison.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.headline import spoken
from trainwell.data import Image
from trainwell.exporting._answers import same_answers, unit_of
from trainwell.infer import Predictor

MOST_LOST = 0.01
"""How far the quality, which is 1 at most, may fall without a warning."""

_BATCH = 100
_TIMED, _ROUNDS = 32, 9  # images of a timed batch, and how often it is timed


@dataclass(frozen=True)
class Measured:
    """What an export does, and what it costs.

    Attributes:
        quality: That of the answers, such as the accuracy; see `Task.quality`.
        images_per_second: Of batches of 32, on this machine.
        num_bytes: Size of the file.

    Example:
        >>> Measured(quality=0.99, images_per_second=800.0, num_bytes=10**6).quality
        0.99
    """

    quality: float
    images_per_second: float
    num_bytes: int


@dataclass(frozen=True)
class Int8Agreement:
    """The agreement of an 8-bit export with the float export.

    Attributes:
        num_images: Number of images compared.
        largest: Largest difference of a prediction: of a probability, or of a number
            as a share of the largest.
        mean: Mean difference of a prediction.
        same_answers: Number of images of which the same is said; of numbers, all.
        float32: The float export.
        int8: The 8-bit export.
        name: Name of the quality.

    Example:
        >>> fast = Measured(0.96, 2400.0, 300_000)
        >>> slow = Measured(0.99, 800.0, 1_000_000)
        >>> found = Int8Agreement(200, 0.2, 0.001, 190, slow, fast)
        >>> round(found.lost, 2), found.loses_too_much
        (0.03, True)
    """

    num_images: int
    largest: float
    mean: float
    same_answers: int
    float32: Measured
    int8: Measured
    name: str = "accuracy"

    @property
    def lost(self) -> float:
        """The quality that int8 loses; negative if it gains."""
        return self.float32.quality - self.int8.quality

    @property
    def loses_too_much(self) -> bool:
        """Whether more than one point of a hundred is lost."""
        return self.lost > MOST_LOST

    @property
    def text(self) -> str:
        """What was found, in two lines."""
        a, b = self.int8, self.float32
        return (
            f"int8 gives the same answer as float for {self.same_answers} of "
            f"{self.num_images} images; {spoken(self.name)} {a.quality:.4f} (float "
            f"{b.quality:.4f}), largest difference of a prediction "
            f"{self.largest:.2g}.\n"
            f"{a.images_per_second:,.0f} images/s (float {b.images_per_second:,.0f}) "
            f"on this machine, {a.num_bytes / 1e6:.3g} MB (float "
            f"{b.num_bytes / 1e6:.3g} MB)."
        )

    def numbers(self) -> dict[str, Any]:
        """Return what can be written as JSON."""
        found = asdict(self)
        for kind in ("float32", "int8"):
            found[kind] = {self.name: found[kind].pop("quality"), **found[kind]}
        return {**found, f"{found.pop('name')}_lost": round(self.lost, 6)}


def compare_int8(
    float32: Path,
    int8: Path,
    predictor: Predictor,
    labelled: Iterable[tuple[Image, Any]],
) -> Int8Agreement:
    """Run both files on labelled images.

    Args:
        float32: File of `write_onnx`.
        int8: File that `quantize_onnx` made of it.
        predictor: Model from which they were written; it prepares the images.
        labelled: Images with their targets; one or more.

    Example:
        >>> import pathlib
        >>> compare_int8(pathlib.Path("a.onnx"), pathlib.Path("b.onnx"), None, [])
        Traceback (most recent call last):
        ValueError: `labelled` must hold at least one image, got none.
    """
    remaining, sessions = iter(labelled), [_Session(float32), _Session(int8)]
    said: list[list[npt.NDArray[np.float32]]] = [[], []]
    targets, timed = [], None
    while part := list(islice(remaining, _BATCH)):
        images = predictor.prepared([image for image, _ in part])
        timed = images[:_TIMED] if timed is None else timed
        targets += [target for _, target in part]
        for found, session in zip(said, sessions, strict=True):
            found.append(session.run(images))
    if timed is None:
        raise ValueError("`labelled` must hold at least one image, got none.")
    task, truth = predictor.metadata.task, np.stack(targets)
    one, other = map(np.concatenate, said)
    apart = np.abs(one - other) / unit_of(task, one)
    quality = task.metrics[task.quality]
    measured = [
        Measured(
            round(quality.value(found, truth), 6),
            round(speed, 1),
            session.path.stat().st_size,
        )
        for found, speed, session in zip(
            (one, other), _speeds(sessions, timed), sessions, strict=True
        )
    ]
    return Int8Agreement(
        len(truth),
        float(apart.max()),
        float(apart.mean()),
        int(same_answers(task, one, other).sum()),
        float32=measured[0],
        int8=measured[1],
        name=task.quality,
    )


class _Session:
    """A file, loaded when it is first run."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def _loaded(self) -> Any:  # noqa: ANN401
        import onnxruntime

        return onnxruntime.InferenceSession(
            self.path, providers=["CPUExecutionProvider"]
        )

    def run(self, images: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
        (found,) = self._loaded.run(None, {"images": images})
        probabilities: npt.NDArray[np.float32] = found
        return probabilities


def _speeds(sessions: Sequence[_Session], images: npt.NDArray[Any]) -> list[float]:
    """Return images per second: the median of rounds that take turns."""
    spent: list[list[float]] = [[] for _ in sessions]
    for number in range(_ROUNDS + 1):
        for session, times in zip(sessions, spent, strict=True):
            start = time.perf_counter()
            session.run(images)
            if number:  # the first one allocates
                times.append(time.perf_counter() - start)
    return [len(images) / median(times) for times in spent]
