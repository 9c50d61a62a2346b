"""Findings as lines and as JSON."""

import json

from trainwell.cli._findings_table import as_json, show_findings
from trainwell.diagnose import Finding
from trainwell.runs import DataCheck

FOUND = DataCheck(
    (
        Finding("files", "pass", "All [3] images can be read.", {"used": 3}),
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
    assert "1 pass, 0 warn, 1 fail" in text
    assert "skipped   steps" in text


def test_json_has_no_infinity():
    content = json.loads(as_json("photos", FOUND))
    assert content["failed"] is True
    assert content["findings"][1]["numbers"] == {"ratio": None}
    assert (content["data"], content["model"]) == ("photos", "lenet")
