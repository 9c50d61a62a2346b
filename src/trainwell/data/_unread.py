"""Say why files are not read as images, in a few words for all of them.

Source: none; the reasons are ours.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from trainwell.core.plural import plural
from trainwell.data._pillow import extensions

HEIC = (".heic", ".heif", ".hif")
HEIC_ADVICE = "pip install 'trainwell[heic]' reads it, or save it as JPEG"

_NOT_DECODED = {
    **dict.fromkeys(HEIC, f"HEIC ({HEIC_ADVICE})"),
    **dict.fromkeys(
        (".arw", ".cr2", ".cr3", ".dng", ".nef", ".orf", ".raf", ".raw", ".rw2"),
        "camera raw (save it as JPEG)",
    ),
    **dict.fromkeys((".jxl", ".jxr"), "JPEG XL (save it as JPEG)"),
    **dict.fromkeys((".eps", ".pdf", ".ps", ".svg"), "drawing (save it as PNG)"),
    **dict.fromkeys((".psd", ".xcf"), "layered picture (save it as PNG)"),
    **dict.fromkeys((".dcm", ".nii"), "medical volume (save its slices as PNG)"),
    **dict.fromkeys((".npy", ".mat"), "array (give an NPZ of images and targets)"),
    **dict.fromkeys((".mp4", ".mov", ".avi"), "video (save its frames as JPEG)"),
    **dict.fromkeys((".zip", ".tar", ".gz", ".7z", ".rar"), "archive (unpack it)"),
}


def is_unread_picture(name: str) -> bool:
    """Tell whether a file is a picture by its name, in a format that is not read."""
    suffix = Path(name).suffix.lower()
    hidden = name.startswith(".")
    return not hidden and suffix in HEIC and suffix not in extensions()


def describe_unread(names: Iterable[str]) -> str:
    """Return how many files there are of each reason, the most first.

    Hidden files are not counted; "no file" if there is no other.
    """
    counts = Counter(_reason(n) for n in names if not Path(n).name.startswith("."))
    shown = [
        f"{count:,} {reason.format(plural(count, 'file'))}"
        for reason, count in counts.most_common()
    ]
    return ", ".join(shown) or "no file"


def _reason(name: str) -> str:
    suffix = Path(name).suffix.lower()
    if not suffix:
        return "{} without an ending"
    if suffix in _NOT_DECODED and suffix not in extensions():
        return _NOT_DECODED[suffix]
    return "{} ending in " + suffix.replace("{", "").replace("}", "")
