"""The report of a run: one self-contained page."""

import html
import json
from pathlib import Path
from typing import Any


def write_report(run: Path, summary: dict[str, Any]) -> Path:
    """Write report.html into a run folder, from the files there and the summary."""
    page = run / "report.html"
    page.write_text(f"<pre>{html.escape(json.dumps(summary, indent=1))}</pre>")
    return page
