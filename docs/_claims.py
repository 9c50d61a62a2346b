"""The page of claims, from the results in `records/experiments`."""

from pathlib import Path

from _markdown import table

from trainwell.experiments import (
    SECTIONS,
    ClaimResult,
    explanation,
    find_claim,
    how_it_was_made,
    load_result,
)
from trainwell.report import inline_svg

RECORDS = Path(__file__).parents[1] / "records" / "experiments"
_SIZE = (6.4, 3.0)


def results() -> dict[str, ClaimResult]:
    """Return what was found, by the name of the claim."""
    return {path.stem: load_result(path) for path in sorted(RECORDS.glob("*.json"))}


def counts() -> str:
    """Return how many claims held, in a table."""
    words = [result.verdict.word for result in results().values()]
    kinds = ("held", "not held", "undecided")
    return table(kinds, [tuple(str(words.count(kind)) for kind in kinds)])


def page() -> str:
    """Return the claims of every subject, with their verdicts and numbers."""
    found = results()
    parts = []
    for section, names in SECTIONS.items():
        shown = [_entry(found[name]) for name in names if name in found]
        if shown:
            parts.append("\n\n".join([f"## {section}", *shown]))
    return "\n\n".join(parts)


def picture(name: str) -> str:
    """Return the picture of a claim as a block of HTML."""
    claim, result = find_claim(name), results()[name]
    svg = inline_svg(
        lambda figure: claim.draw(figure, result.runs),
        name=name,
        label=claim.title,
        size=_SIZE,
    )
    return f'<figure class="claim" markdown="0">{svg}</figure>'


def _entry(result: ClaimResult) -> str:
    claim = find_claim(result.name)
    made = how_it_was_made(result)
    command, rest = made.split(" · ", 1)
    why = " ".join(explanation(result.name)[1:])
    return "\n\n".join(
        [
            f"### {claim.title}",
            f"**{claim.claim}** ({claim.source}) _{result.verdict.word.capitalize()}._",
            result.verdict.numbers,
            f"<!-- claim {result.name} -->",
            f"{why} It holds if: {claim.criterion[0].lower()}{claim.criterion[1:]}",
            f"`{command}` · {rest}",
        ]
    )
