"""JSON of any shape is read, or refused in one line."""

import json

import pytest

from trainwell.core.errors import RunError
from trainwell.report import Origin, Summary, read_run_json, write_report
from trainwell.training import read_metrics

SHAPES = [None, True, 3, -1.5, "text", [], [1], {}, {"a": []}, [[{}]]]
FILES = ("summary.json", "origin.json", "audit.json", "environment.json", "model.json")


def mangled(tree):
    """Yield trees in which one value, at any depth, is another or is missing."""
    yield from SHAPES
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in parts:
        inner = mangled(value) if isinstance(value, dict | list) else SHAPES
        for other in inner:
            changed = tree.copy()
            changed[key] = other
            yield changed
        if isinstance(tree, dict):
            yield {k: v for k, v in tree.items() if k != key}


def report_again(run):
    summary = read_run_json(run / "summary.json", Summary)
    return write_report(run, summary)


@pytest.mark.parametrize("name", FILES)
def test_a_report_is_written_or_refused_in_one_line(name, write_run, monkeypatch):
    from trainwell.report import _render

    monkeypatch.setattr(
        _render, "panels", lambda lines, best, name: []
    )  # pictures are slow
    run, summary = write_run()
    (run / "summary.json").write_text(json.dumps(summary))
    report_again(run)
    tree, refused = json.loads((run / name).read_text()), []
    for changed in mangled(tree):
        (run / name).write_text(json.dumps(changed))
        try:
            report_again(run)
        except RunError as error:
            refused.append(str(error))
    assert len(refused) > 15
    assert all(text.startswith(f"{run}/") and "\n" not in text for text in refused)


LINES = [
    {"event": "train", "step": 1, "epoch": 0.1, "loss": 1.0, "lr": 0.1},
    {
        "event": "evaluate",
        "step": 1,
        "epoch": 0.1,
        "val_loss": 1.0,
        "val_accuracy": 0.5,
        "train_loss": 1.0,
        "train_accuracy": 0.5,
    },
]


@pytest.mark.parametrize("line", LINES)
def test_lines_of_metrics_are_events_or_refused(line, tmp_path):
    path, accepted, refused = tmp_path / "metrics.jsonl", [], []
    for changed in mangled(line):
        path.write_text(json.dumps(changed) + "\n")
        try:
            accepted += read_metrics(path, "accuracy")
        except RunError as error:
            refused.append(str(error))
    assert refused
    assert all("holds a line that is none of a run" in text for text in refused)
    assert all(isinstance(found["step"], int) for found in accepted)
    known = [found for found in accepted if found["event"] == line["event"]]
    assert all({*found} == {*line} for found in known)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "\xff", "NaN"])
def test_what_is_no_json(text, tmp_path):
    path = tmp_path / "origin.json"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(RunError, match=r"origin.json cannot be read \("):
        read_run_json(path, Origin)
