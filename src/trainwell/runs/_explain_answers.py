"""Which answers of a network are explained: by rank, or the one that is named."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from trainwell.core.checks import did_you_mean
from trainwell.core.errors import ArgumentError
from trainwell.explain import Target
from trainwell.tasks import Task

_SHOWN = 8  # names in a message


@dataclass(frozen=True)
class Asked:
    """One answer for each image of a batch.

    Attributes:
        names: What is explained, per image.
        values: Its probability or value, per image.
        target: The same for functions of `explain`.
        signed: Whether both directions count, as of numbers.
    """

    names: tuple[str, ...]
    values: tuple[str, ...]
    target: Target
    signed: bool = False


def asked(
    task: Task, predictions: npt.NDArray[np.floating], named: str | None, top: int
) -> list[Asked]:
    """Return the answers to explain, the best first.

    Args:
        task: What the outputs stand for.
        predictions: Probabilities, numbers or points, (n, outputs).
        named: Class, label, number or point; the best ones if None.
        top: How many, where none is named.

    Raises:
        ArgumentError: If there is none of this name.
    """
    index = None if named is None else _index(task, named)
    count = len(predictions)
    if task.located:
        return [_points(task, predictions, index)]
    if task.linear == "numbers":
        chosen = range(min(top, len(task.labels))) if index is None else [index]
        return [
            Asked(
                (task.labels[i],) * count,
                tuple(f"{value:.4g}" for value in predictions[:, i]),
                i,
                signed=True,
            )
            for i in chosen
        ]
    if index is not None:
        return [_of_rank(task, predictions, np.full(count, index))]
    order = np.argsort(-predictions, axis=1, kind="stable")
    return [_of_rank(task, predictions, column) for column in order.T[:top]]


def _of_rank(
    task: Task, predictions: npt.NDArray[np.floating], index: npt.NDArray[np.int64]
) -> Asked:
    return Asked(
        tuple(task.labels[i] for i in index),
        tuple(f"{p:.4f}" for p in predictions[np.arange(len(index)), index]),
        torch.from_numpy(np.ascontiguousarray(index)),
    )


def _points(
    task: Task, predictions: npt.NDArray[np.floating], index: int | None
) -> Asked:
    """Explain how far a point, or all of them, lie from the mean shape."""
    count = len(predictions)
    if index is None:
        names = (f"all {len(task.labels)} points",) * count
        return Asked(names, ("",) * count, _energy, signed=True)
    pair = slice(2 * index, 2 * index + 2)
    values = tuple(f"({x:.1f}, {y:.1f})" for x, y in predictions[:, pair])

    def of_one(outputs: Tensor) -> Tensor:
        return _energy(outputs[:, pair])

    return Asked((task.labels[index],) * count, values, of_one, signed=True)


def _energy(outputs: Tensor) -> Tensor:
    """Return half the squared deviation: its slope is in the deviation's direction."""
    return outputs.square().sum(1) / 2


def _index(task: Task, name: str) -> int:
    labels: Sequence[str] = task.labels
    if name in labels:
        return list(labels).index(name)
    more = f" and {len(labels) - _SHOWN} more" if len(labels) > _SHOWN else ""
    raise ArgumentError(
        f"`target` must be one of {', '.join(labels[:_SHOWN])}{more}; got {name!r}."
        f"{did_you_mean(name, labels)}"
    )
