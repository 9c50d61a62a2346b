"""The part of `trainwell experiment` that measures claims."""

from collections.abc import Sequence
from pathlib import Path

from trainwell.cli._output import echo
from trainwell.cli._tables import print_rows


def list_experiments(*, csv: bool, json: bool) -> None:
    """Print the claims by subject, and the comparisons on one's own data."""
    from trainwell.experiments import EXPERIMENTS, SECTIONS, find_claim

    rows: list[dict[str, object]] = [
        _row(name, find_claim(name).claim, section)
        for section, names in SECTIONS.items()
        for name in names
    ]
    rows += [
        _row(name, found.claim, "On your images", list(found.variants))
        for name, found in EXPERIMENTS.items()
    ]
    if print_rows(rows, csv=csv, json=json):
        return
    for section, names in SECTIONS.items():
        echo(f"{section}")
        for name in names:
            echo(f"  {name}: {find_claim(name).claim}")
    echo("On your images: trainwell experiment NAME DATA")
    for name, found in EXPERIMENTS.items():
        echo(f"  {name}: {found.claim}")
        echo(f"    compares {', '.join(found.variants)}")


def _row(
    name: str, claim: str, section: str, variants: Sequence[str] = ()
) -> dict[str, object]:
    return {
        "name": name,
        "claim": claim,
        "section": section,
        "variants": list(variants),
    }


def measure_claims(  # noqa: PLR0913
    names: Sequence[str],
    seeds: int | None,
    *,
    quick: bool,
    out: Path | None,
    page: bool,
    tables: tuple[bool, bool],
) -> None:
    """Measure claims one after the other; print verdicts, and write a page if asked."""
    from trainwell.experiments import measure_claim, write_claims

    folder = out or Path("experiments")
    csv, json = tables
    results = []
    for name in names:
        result = measure_claim(name, seeds=seeds, quick=quick, out=folder)
        results.append(result)
        if not (csv or json):
            echo(f"{name}: {result.verdict.word}. {result.verdict.numbers}")
    rows = [
        {
            "name": result.name,
            "verdict": result.verdict.word,
            "numbers": result.verdict.numbers,
            "seeds": result.num_seeds,
            "quick": result.quick,
            "seconds": result.seconds,
        }
        for result in results
    ]
    print_rows(rows, csv=csv, json=json)
    if page:
        written = write_claims(results, folder / "index.html")
        if not (csv or json):
            words = [result.verdict.word for result in results]
            counted = (f"{words.count(w)} {w}" for w in dict.fromkeys(words))
            echo(f"{', '.join(counted)}")
            echo(f"{written}")
    elif not (csv or json):
        echo(f"{folder / names[0]}.svg")


def write_claim_notebook(name: str, path: Path) -> None:
    """Write the notebook of a claim, and say where."""
    from trainwell.experiments import write_notebook

    echo(f"{write_notebook(name, path)}")
