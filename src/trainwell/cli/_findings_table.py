"""Findings as a table in the terminal, or as values."""

from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from trainwell.core.printable import printable
from trainwell.runs import DataCheck

_STYLES = {
    "pass": "green",
    "warn": "yellow",
    "fail": "bold red",
    "untested": "dim",
}
_COUNTED = {"pass": "passed", "warn": "to look at", "fail": "failed"}


def show_findings(found: DataCheck) -> None:
    """Print a line per finding, what to try below it, and a count at the end."""
    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("")
    table.add_column("check", overflow="fold")
    table.add_column("found", overflow="fold")
    for finding in found.findings:
        style = _STYLES[finding.level]
        words = escape(printable(finding.what))
        if finding.try_next:
            words += f"\n[dim]try: {escape(printable(finding.try_next))}[/dim]"
        level = f"[{style}]{finding.level}[/{style}]"
        table.add_row(level, escape(finding.name), words)
    console.print(table)
    levels: list[str] = [finding.level for finding in found.findings]
    counts = [f"{levels.count(level)} {word}" for level, word in _COUNTED.items()]
    untested = [f.name for f in found.findings if f.level == "untested"]
    if untested:
        counts.append(f"{len(untested)} not tested: {', '.join(untested)}")
    console.print(f"\nchecks    {', '.join(counts)}", soft_wrap=True)
    if found.skipped:
        later = ", ".join(found.skipped)
        console.print(f"skipped   {later}: fix the first failure", soft_wrap=True)


def finding_rows(found: DataCheck) -> list[dict[str, Any]]:
    """Return the table as values, with the measurements behind each finding."""
    return [asdict(finding) for finding in found.findings]
