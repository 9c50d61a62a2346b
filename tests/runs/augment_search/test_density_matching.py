"""Trials on the disk: a line that a kill cut short is taken away."""

import json
from types import SimpleNamespace

from trainwell.runs.augment_search._density_matching import _read


def test_a_torn_line_is_dropped(tmp_path):
    search = SimpleNamespace(folder=SimpleNamespace(path=tmp_path))
    assert _read(search) == []
    path = tmp_path / "trials.jsonl"
    whole = {"fold": 0, "round": 1, "number": 2, "loss": 0.5}
    chains = [[["invert", 0.5, 0.1]], [["rotate", 0.2, 0.9]]]
    line = json.dumps({**whole, "chains": chains})
    path.write_text(line + "\n" + line[:20])
    (trial,) = _read(search)
    assert (trial.fold, trial.loss) == (0, 0.5)
    assert trial.chains[0] == (("invert", 0.5, 0.1),)
    assert path.read_text() == line + "\n"
