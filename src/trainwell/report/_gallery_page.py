"""The gallery of experiments: one self-contained page of claims and verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup


@dataclass(frozen=True)
class GalleryItem:
    """One experiment on the page.

    Attributes:
        name: Name of the claim.
        section: Its subject.
        title: A few words.
        source: Deck that says it.
        claim: What is said.
        explanation: Paragraphs on why, and on what was measured.
        criterion: When it holds.
        word: held, not held or undecided.
        numbers: What was found.
        made: Command, seeds, seconds, date and machine, in a line.
        picture: Inline SVG.

    Example:
        >>> item = GalleryItem("sums", "Arithmetic", "Sums", "deck 0", "2 + 2 = 4.", (),
        ...                    "Exactly.", "held", "It is 4.", "0 s", Markup("<svg/>"))
        >>> item.word
        'held'
    """

    name: str
    section: str
    title: str
    source: str
    claim: str
    explanation: tuple[str, ...]
    criterion: str
    word: str
    numbers: str
    made: str
    picture: Markup


WORDS = ("held", "not held", "undecided")


def write_gallery(items: Sequence[GalleryItem], path: Path) -> Path:
    """Write one self-contained page.

    Args:
        items: Experiments in the order shown; those of a section together.
        path: File to write.

    Example:
        >>> import pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp(), "index.html")
        >>> write_gallery([], path).read_text().count("<h1")
        1
    """
    from trainwell.core.files import write_atomically
    from trainwell.report._templates import template

    sections: dict[str, list[GalleryItem]] = {}
    for item in items:
        sections.setdefault(item.section, []).append(item)
    counts = {word: sum(item.word == word for item in items) for word in WORDS}
    page = template("gallery.html.j2").render(
        sections=sections, counts=counts, total=len(items)
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, page.encode("utf-8", "backslashreplace"))
    return path
