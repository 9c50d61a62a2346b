"""Write the gallery of all claims that were measured into a folder."""

import inspect
from collections.abc import Sequence
from pathlib import Path

from trainwell.core.plural import plural
from trainwell.experiments._claim_result import ClaimResult
from trainwell.experiments._claims import SECTIONS, claim_module, find_claim
from trainwell.report import GalleryItem, inline_svg, write_gallery

_SIZE = (5.4, 3.1)  # inches


def write_claims(results: Sequence[ClaimResult], path: Path) -> Path:
    """Write a page of claims, with verdicts, numbers and pictures.

    Args:
        results: What was found, in any order.
        path: HTML file to write.

    Example:
        >>> import pathlib, tempfile
        >>> from trainwell.runs import Quiet
        >>> found = measure_claim("adam_bias", quick=True, reporter=Quiet())
        >>> page = write_claims([found], pathlib.Path(tempfile.mkdtemp(), "index.html"))
        >>> "Adam&#39;s first steps" in page.read_text()
        True
    """
    found = {result.name: result for result in results}
    items = [
        _item(section, found[name])
        for section, names in SECTIONS.items()
        for name in names
        if name in found
    ]
    return write_gallery(items, path)


def explanation(name: str) -> tuple[str, ...]:
    """Return the paragraphs with which the file of a claim begins.

    Example:
        >>> explanation("valley")[0]
        'Momentum crosses a narrow valley in fewer steps than plain gradient descent.'
    """
    text = inspect.getdoc(claim_module(name)) or ""
    return tuple(" ".join(part.split()) for part in text.split("\n\n"))


def how_it_was_made(result: ClaimResult) -> str:
    """Return the command, seeds, time, day and machine in a line.

    Example:
        >>> from trainwell.experiments import ClaimResult, Verdict
        >>> how_it_was_made(ClaimResult("valley", True, ({},), Verdict("held", ""), 2.0,
        ...                             "2026-01-31", {"torch": "2.13.0"}))
        'trainwell experiment valley --quick · 1 seed · 2 s · 2026-01-31 · torch 2.13.0'
    """
    seeds = result.num_seeds
    machine = result.machine
    known = [f"{key} {machine[key]}" for key in ("torch",) if key in machine]
    if "threads" in machine:
        threads = machine["threads"]
        known.append(f"{threads} {plural(threads, 'thread')}")
    command = f"trainwell experiment {result.name}{' --quick' if result.quick else ''}"
    return " · ".join(
        [
            command,
            f"{seeds} {plural(seeds, 'seed')}",
            f"{result.seconds:.0f} s",
            result.date,
            *known,
        ]
    )


def _item(section: str, result: ClaimResult) -> GalleryItem:
    claim = find_claim(result.name)
    picture = inline_svg(
        lambda figure: claim.draw(figure, result.runs),
        name=result.name,
        label=f"{claim.title}: {result.verdict.numbers}",
        size=_SIZE,
    )
    return GalleryItem(
        name=result.name,
        section=section,
        title=claim.title,
        source=claim.source,
        claim=claim.claim,
        explanation=explanation(result.name),
        criterion=claim.criterion,
        word=result.verdict.word,
        numbers=result.verdict.numbers,
        made=how_it_was_made(result),
        picture=picture,
    )
