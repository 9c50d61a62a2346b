"""The page of `trainwell explain`: answers, maps behind them, what would fool them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt
    from PIL import Image


@dataclass(frozen=True)
class MapShown:
    """A map of one answer.

    Attributes:
        title: The method.
        picture: The map over the image.

    Example:
        >>> from PIL import Image
        >>> MapShown("Grad-CAM", Image.new("RGB", (8, 8))).uri[:21]
        'data:image/png;base64'
    """

    title: str
    picture: Image.Image

    @property
    def uri(self) -> str:
        """The picture as a `data:` address."""
        from trainwell.report._image import encode

        return encode(self.picture.copy())


@dataclass(frozen=True)
class AnswerShown:
    """One answer of the network, and the maps behind it.

    Attributes:
        name: Class, label, number or point.
        value: Its probability or value.
        maps: In the order shown.

    Example:
        >>> AnswerShown("cat", "0.93", ()).name
        'cat'
    """

    name: str
    value: str
    maps: tuple[MapShown, ...]


@dataclass(frozen=True)
class ImageShown:
    """One image on the page.

    Attributes:
        name: Its file.
        pixels: As the network sees it, (height, width, channels).
        words: The answer, as `predict` prints it.
        answers: The best first.
        fooled: What would change the answer, in a sentence; empty if nothing was tried.
        other: The image that does, of the shape of `pixels`; None if there is none.

    Example:
        >>> shown = ImageShown("a.png", np.zeros((8, 8, 3), np.uint8), "cat", ())
        >>> shown.tiny, shown.other_uri
        (True, '')
    """

    name: str
    pixels: npt.NDArray[np.uint8]
    words: str
    answers: tuple[AnswerShown, ...]
    fooled: str = ""
    other: npt.NDArray[np.uint8] | None = None

    @property
    def uri(self) -> str:
        """The image as a `data:` address."""
        from trainwell.report._image import data_uri

        return data_uri(self.pixels)

    @property
    def tiny(self) -> bool:
        """Whether it is enlarged as squares."""
        from trainwell.report._image import is_tiny

        return is_tiny(self.pixels)

    @property
    def other_uri(self) -> str:
        """The image that fools as a `data:` address."""
        from trainwell.report._image import data_uri

        return "" if self.other is None else data_uri(self.other)


def write_explanations(
    images: Sequence[ImageShown], path: Path, *, model: str, notes: Sequence[str] = ()
) -> Path:
    """Write one self-contained page.

    Args:
        images: In the order shown.
        path: File to write.
        model: What answered: the network and its run.
        notes: Sentences about what could not be shown.

    Example:
        >>> import pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp(), "explain.html")
        >>> write_explanations([], path, model="resnet18").read_text().count("<h1")
        1
    """
    from trainwell.core.files import write_atomically
    from trainwell.report._templates import template

    page = template("explain.html.j2").render(images=images, model=model, notes=notes)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, page.encode("utf-8", "backslashreplace"))
    return path
