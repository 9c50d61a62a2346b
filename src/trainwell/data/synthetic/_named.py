"""Named: synthetic data as a source, such as "synthetic:shapes,size=64,count=5000".

Source: none; plumbing.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from trainwell.core.checks import did_you_mean
from trainwell.core.errors import DataError
from trainwell.core.progress import Progress
from trainwell.data._arrays import read_arrays
from trainwell.data._source import Source
from trainwell.data._threads import in_threads, num_threads
from trainwell.data.synthetic._cut_outs import read_cut_outs
from trainwell.data.synthetic._digits import digits
from trainwell.data.synthetic._paste import paste
from trainwell.data.synthetic._shapes import shapes
from trainwell.data.synthetic._types import Synthetic

PREFIX = "synthetic:"
GENERATORS = ("digits", "paste", "shapes")
_COMMON = {"count": 1000, "size": 0, "seed": 0}
_OF_PASTE = ("objects", "backgrounds", "most")
_CHUNK = 64


def read_synthetic(text: str, progress: Progress) -> Source:
    """Draw the images that a name asks for.

    Raises:
        DataError: If it names no generator, or an option that this one lacks.
    """
    dataset, mirror = named(text)
    images = np.empty((len(dataset), *dataset.sample(0)[0].shape), np.uint8)
    chunks = [
        range(len(dataset))[i : i + _CHUNK] for i in range(0, len(dataset), _CHUNK)
    ]

    def generate(chunk: range) -> int:
        for i in chunk:
            images[i] = dataset.sample(i)[0]
        return len(chunk)

    with progress("Drawing images", len(dataset)) as advance:
        for count in in_threads(generate, chunks, num_threads()):
            advance(count)
    source = (images, dataset.targets)
    return replace(
        read_arrays(source, name=text, classes=dataset.classes), mirror=mirror
    )


def named(text: str) -> tuple[Synthetic, bool | None]:
    """Return the dataset that a name asks for, and if mirroring keeps its classes.

    Raises:
        DataError: If it names no generator, or an option that this one lacks.

    Example:
        >>> from trainwell.data.synthetic import named
        >>> dataset, mirror = named("synthetic:shapes,count=5")
        >>> len(dataset), mirror
        (5, True)
    """
    name, *parts = text.removeprefix(PREFIX).split(",")
    if name not in GENERATORS:
        raise DataError(
            f"there is no {PREFIX}{name}.{did_you_mean(name, GENERATORS)} Known: "
            f"{', '.join(PREFIX + g for g in GENERATORS)}."
        )
    known = (*_COMMON, *_OF_PASTE) if name == "paste" else tuple(_COMMON)
    options = _options(parts, known, text)
    numbers = {key: _number(options, key, text) for key in _COMMON}
    sized = {"size": numbers["size"]} if "size" in options else {}
    common = {"seed": numbers["seed"], **sized}
    make: Callable[..., Synthetic]
    if name != "paste":
        make = shapes if name == "shapes" else digits
        return make(numbers["count"], **common), name == "shapes"
    if "objects" not in options:
        raise DataError(f"{text}: give objects=FOLDER, a folder of cut-outs per class.")
    most = _number({"most": "1", **options}, "most", text)
    made = paste(
        read_cut_outs(options["objects"]),
        options.get("backgrounds"),
        num_images=numbers["count"],
        most=most,
        **common,
    )
    return made, None


def _options(parts: list[str], known: tuple[str, ...], text: str) -> dict[str, str]:
    options: dict[str, str] = {}
    for part in parts:
        key, equals, value = part.partition("=")
        if key not in known or not equals or not value:
            raise DataError(
                f"{text}: {part!r} is no option.{did_you_mean(key, known)} Known: "
                f"{', '.join(f'{k}=' for k in known)}."
            )
        options[key] = value
    return options


def _number(options: Mapping[str, str], key: str, text: str) -> int:
    value = options.get(key, str(_COMMON.get(key, 0)))
    least = 0 if key == "seed" else 1
    if not value.isdecimal() or (key in options and int(value) < least):
        raise DataError(
            f"{text}: `{key}` must be a whole number from {least}, got {value!r}."
        )
    return int(value)
