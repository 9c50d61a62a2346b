"""The images that a command names: files, globs, addresses, the standard input."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from trainwell.core.errors import DataError

if TYPE_CHECKING:
    from trainwell.infer import Prediction

_ADDRESS = ("http://", "https://")
_SECONDS, _LARGEST = 20.0, 200_000_000  # of a transfer; in bytes


@dataclass(frozen=True)
class Inputs:
    """Files to predict, and what they are called where that differs.

    Attributes:
        files: The files.
        names: Names of fetched images, by file.
    """

    files: list[Path]
    names: dict[str, str]

    def named(self, prediction: "Prediction") -> "Prediction":
        """Return the prediction under the name that was given."""
        name = self.names.get(prediction.name, prediction.name)
        return replace(prediction, name=name)


@contextmanager
def named_inputs(words: list[str]) -> Iterator[Inputs]:
    """Yield the files of all words; fetched images are removed afterwards.

    Raises:
        DataError: If a word names no image, or an address cannot be fetched.
    """
    from trainwell.data import find_images

    with tempfile.TemporaryDirectory(prefix="trainwell-") as room:
        files: list[Path] = []
        names: dict[str, str] = {}
        for number, word in enumerate(words):
            content: bytes | None = None
            if word == "-":
                content = sys.stdin.buffer.read(_LARGEST + 1)
                if (listed := _listed(content)) is not None:
                    files += find_images(listed)
                    continue
            elif word.startswith(_ADDRESS):
                content = _fetched(word)
            if content is None:
                files += find_images([word])
                continue
            path = Path(room, str(number))
            path.write_bytes(content)
            files.append(path)
            names[str(path)] = word
        yield Inputs(list(dict.fromkeys(files)), names)


def _listed(content: bytes) -> list[str] | None:
    """Return the lines of a list of files; None for the bytes of an image."""
    if not content.strip():
        raise DataError("the standard input is empty; give an image or names of files.")
    try:
        lines = [line for line in content.decode().splitlines() if line.strip()]
    except UnicodeDecodeError:
        return None
    return lines if "\0" not in lines[0] else None


def _fetched(address: str) -> bytes:
    import urllib.error
    import urllib.request

    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer:
            content: bytes = answer.read(_LARGEST + 1)
    except (OSError, ValueError, urllib.error.URLError) as error:
        raise DataError(f"{address} cannot be fetched ({error}).") from error
    if len(content) > _LARGEST:
        raise DataError(f"{address} is larger than {_LARGEST // 1_000_000} MB.")
    return content
