"""Fetch a file once, check it, and only then give it its name.

Source: none; plumbing around `pooch`.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from trainwell.core.errors import DataError
from trainwell.core.progress import Advance, Progress

_TIMEOUT = 20.0
_BLOCK = 1 << 18
_RETRIES = 2


@dataclass(frozen=True)
class Remote:
    """A file at its official address, with the checksum its publisher gives."""

    url: str
    md5: str

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.url.rsplit("/", 1)[1]


def fetch(remote: Remote, folder: Path, progress: Progress) -> Path:
    """Return the file in `folder`, fetching it if it is not there or is damaged.

    A failed transfer is tried again, three times in all.

    Raises:
        DataError: The file cannot be fetched, or is not what its publisher named.
    """
    import pooch

    pooch.get_logger().setLevel("WARNING")
    bar = _Bar(progress, f"Fetching {remote.name}")
    files = pooch.create(
        path=folder,
        base_url="",
        registry={remote.name: f"md5:{remote.md5}"},
        urls={remote.name: remote.url},
        retry_if_failed=_RETRIES,
    )
    load = pooch.HTTPDownloader(progressbar=bar, chunk_size=_BLOCK, timeout=_TIMEOUT)
    try:
        return Path(files.fetch(remote.name, downloader=load))
    except OSError as error:  # what `requests` raises may be a ValueError, too
        raise DataError(f"cannot fetch {remote.url} ({_reason(error)})") from None
    except ValueError:
        raise DataError(
            f"{remote.url} gave a file whose MD5 sum is not {remote.md5}, three times"
        ) from None
    finally:
        bar.close()


def _reason(error: OSError) -> str:
    """Return why a transfer failed, without the objects in the library's message."""
    from requests import exceptions

    if isinstance(error, exceptions.HTTPError) and error.response is not None:
        return f"HTTP error {error.response.status_code}: {error.response.reason}"
    if isinstance(error, exceptions.Timeout):
        return f"no answer in {_TIMEOUT:.0f} s"
    if isinstance(error, exceptions.ConnectionError):
        return "no connection"
    if isinstance(error, exceptions.ChunkedEncodingError):
        return "the connection was cut"
    return str(error)


class _Bar:
    """A bar as `pooch` moves it, shown by a `Progress`; one for each try."""

    def __init__(self, progress: Progress, description: str) -> None:
        self._progress, self._description = progress, description
        self._open: AbstractContextManager[Advance] | None = None
        self._total = self._left = 0

    @property
    def total(self) -> int:
        """The bytes of the file; setting it begins a try."""
        return self._total

    @total.setter
    def total(self, total: int) -> None:
        self.close()
        self._total = self._left = total
        self._open = self._progress(self._description, self._left)
        self._advance = self._open.__enter__()

    def update(self, amount: int) -> None:
        """Move the bar, at most to its end."""
        amount = min(amount, self._left)
        self._left -= amount
        self._advance(amount)

    def reset(self) -> None:
        """Called before `update(total)` when all is read; the bar only fills."""

    def close(self) -> None:
        """Close the bar if it is open."""
        if self._open is not None:
            self._open.__exit__(None, None, None)
            self._open = None
