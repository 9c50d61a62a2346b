"""Findings as lines and as rows."""

from trainwell.cli._findings_table import finding_rows, show_findings
from trainwell.diagnose import Finding
from trainwell.runs import DataCheck

FOUND = DataCheck(
    (
        Finding("files", "pass", "All [3] images can be read.", {"used": 3}),
        Finding.untested("start", "It was not measured."),
        Finding.untested("mirror", "There are no thumbnails."),
        Finding("leak", "fail", "2 copies.", {"ratio": float("inf")}, "remove them"),
    ),
    ("steps",),
    "lenet",
)


def test_lines(capsys):
    show_findings(FOUND)
    text = capsys.readouterr().out
    assert "All [3] images can be read." in text
    assert "try: remove them" in text
    assert "1 passed, 0 to look at, 1 failed, 2 not tested: start, mirror" in text
    assert "skipped   steps" in text


def test_rows():
    rows = finding_rows(FOUND)
    assert [row["name"] for row in rows] == ["files", "start", "mirror", "leak"]
    assert rows[0].keys() == {"name", "level", "what", "numbers", "try_next"}
