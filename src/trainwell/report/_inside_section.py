"""What a report shows of the inside: filters, maps, a map of features, neighbours."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from markupsafe import Markup
from matplotlib.figure import Figure
from PIL import Image

from trainwell.report._image import data_uri, encode, is_tiny
from trainwell.report._map_picture import map_picture
from trainwell.report._run_files import RunFiles
from trainwell.report._svg import ACCENT, SECOND, draw

_ACROSS, _GAP = 16, 1  # filters in a row; pixels between them
_SHOWN = 12


@dataclass(frozen=True)
class Looked:
    """An example with its map.

    Attributes:
        uri: The image.
        map_uri: The map over it.
        tiny: Whether it is enlarged as squares.
        name: Its file.
        words: Its class and the answer; empty where answers are no classes.
    """

    uri: str
    map_uri: str
    tiny: bool
    name: str
    words: str


@dataclass(frozen=True)
class Near:
    """A mistake and the training images nearest to it.

    Attributes:
        uri: The image.
        tiny: Whether images are enlarged as squares.
        words: What it is and was taken for.
        others: Address, label and distance of each neighbour.
    """

    uri: str
    tiny: bool
    words: str
    others: list[tuple[str, str, float]]


def inside(files: RunFiles) -> dict[str, Any]:
    """Return the values of the template; nothing where nothing was kept."""
    kept = files.inside
    found: dict[str, Any] = {}
    if "filters" in kept and kept["filters"].shape[-1] > 1:
        found["filters"] = _filters(kept["filters"])
    if "maps" in kept:
        found["maps"] = _maps(files)
    if "places" in kept:
        found["places"] = _places(kept["places"], kept["right"])
        found["wrong"] = int((~kept["right"]).sum())
    if "near_rows" in kept:
        found["near"] = _near(files)
    empty = {"filters": "", "maps": [], "places": "", "wrong": 0, "near": []}
    return empty | found if found else {}


def _filters(weights: npt.NDArray[np.floating[Any]]) -> str:
    """Return all filters in a picture, each from its least to its largest value."""
    count, channels, height, width = weights.shape
    shown = weights[:, :3] if channels >= 3 else weights[:, :1]
    low, high = (f(shown, axis=(1, 2, 3), keepdims=True) for f in (np.min, np.max))
    scaled = (shown - low) / np.maximum(high - low, 1e-12)
    rows = -(-count // _ACROSS)
    across = min(count, _ACROSS)
    size = (rows * (height + _GAP) - _GAP, across * (width + _GAP) - _GAP)
    sheet = np.full((*size, shown.shape[1]), 0.5)
    for i, one in enumerate(scaled):
        top, left = (height + _GAP) * (i // _ACROSS), (width + _GAP) * (i % _ACROSS)
        sheet[top : top + height, left : left + width] = one.transpose(1, 2, 0)
    pixels = np.rint(255 * sheet).astype(np.uint8)
    picture = Image.fromarray(pixels if pixels.shape[2] == 3 else pixels[..., 0])
    return encode(picture.convert("RGBA"))


def _maps(files: RunFiles) -> list[Looked]:
    """Return the examples with maps: of classes, the worst mistakes first."""
    maps, indices = files.inside["maps"], files.indices
    order = np.arange(len(maps))
    if files.metadata.task.linear == "classes":
        said = files.probabilities[indices[order]]
        order = np.argsort(said[order, files.targets[indices[order]]], kind="stable")
    found = []
    for row in order[:_SHOWN].tolist():
        uri, tiny, name = files.pictured(row)
        over = map_picture(files.images[row], maps[row].astype(np.float64), "heat")
        found.append(Looked(uri, encode(over), tiny, name, _words(files, row)))
    return found


def _words(files: RunFiles, row: int) -> str:
    if files.metadata.task.linear != "classes":
        return ""
    index, classes = int(files.indices[row]), files.metadata.classes
    true = classes[int(files.targets[index])]
    said = classes[int(files.probabilities[index].argmax())]
    return true if said == true else f"{true}, predicted {said}"


def _places(
    places: npt.NDArray[np.floating[Any]], right: npt.NDArray[np.bool_]
) -> Markup:
    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        x, y = places.T
        axes.scatter(x[right], y[right], 9, color=ACCENT, alpha=0.5, linewidths=0)
        axes.scatter(x[~right], y[~right], 22, color=SECOND, marker="x")
        axes.set(xticklabels=[], yticklabels=[])

    label = f"Map of {len(right)} images, {int((~right).sum())} of them wrong"
    return draw(paint, name="features", label=label, size=(5.0, 3.6))


def _near(files: RunFiles) -> list[Near]:
    kept = files.inside
    found = []
    for k, row in enumerate(kept["near_rows"].tolist()):
        others = [
            (data_uri(image), str(caption), float(distance))
            for image, caption, distance in zip(
                kept["near_images"][k],
                kept["near_captions"][k],
                kept["near_distances"][k],
                strict=True,
            )
        ]
        image = files.images[row]
        uri, tiny = data_uri(image), is_tiny(image)
        found.append(Near(uri, tiny, _words(files, row), others))
    return found
