"""The rows of a run as a table in Markdown, a set at a time."""

import statistics
from typing import Any

HEAD = (
    "| candidate | accuracy | minus best peer | each seed | model after | wall | "
    "epochs | peak memory |\n|---|---|---|---|---|---|---|---|"
)


def table(name: str, rows: list[dict[str, Any]]) -> str:
    """Return medians over seeds and every seed, the best first.

    A candidate with a failed run has no median.
    """
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["candidate"], []).append(row)
    medians = {n: _median(g, "accuracy") for n, g in groups.items()}
    peers = [m for n, m in medians.items() if m is not None and not _ours(n)]
    best = max(peers, default=None)
    lines = [f"\n{name}, {rows[0]['seconds']:g} s\n", HEAD]
    for candidate in sorted(groups, key=lambda n: -(medians[n] or 0)):
        lines.append(_line(candidate, groups[candidate], medians[candidate], best))
    return "\n".join(lines)


def _line(
    name: str, rows: list[dict[str, Any]], median: float | None, best: float | None
) -> str:
    each = ", ".join(
        f"{row['accuracy']:.3f}" if "accuracy" in row else row["failed"] for row in rows
    )
    if median is None:
        return f"| {name} | failed | | {each} | | | | |"
    gain = "" if best is None else f"{median - best:+.3f}"
    return (
        f"| {name} | {median:.3f} | {gain} | {each} "
        f"| {_median(rows, 'seconds_to_model'):.1f} s | {_median(rows, 'wall'):.1f} s "
        f"| {_median(rows, 'epochs'):.1f} | {_median(rows, 'peak_mb'):,.0f} MB |"
    )


def _median(rows: list[dict[str, Any]], key: str) -> float | None:
    if any(key not in row for row in rows):
        return None
    return statistics.median(row[key] for row in rows)


def _ours(name: str) -> bool:
    return name.startswith("ours")
