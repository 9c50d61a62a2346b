"""Notebooks: valid, and every cell runs."""

import json

import matplotlib
import pytest

from trainwell.experiments import CLAIMS, write_notebook


def cells(path, kind):
    tree = json.loads(path.read_text())
    return ["".join(c["source"]) for c in tree["cells"] if c["cell_type"] == kind]


@pytest.mark.parametrize("name", CLAIMS)
def test_it_is_the_file_and_its_explanation(name, tmp_path):
    path = write_notebook(name, tmp_path / "a" / f"{name}.ipynb")
    (about,) = cells(path, "markdown")
    code = cells(path, "code")
    assert about.startswith("# ")
    assert "**It holds if:**" in about
    assert code[0].startswith("from ")
    for text in code:
        compile(text, name, "exec")


def test_every_cell_runs_and_a_knob_turns(tmp_path, capsys):
    matplotlib.use("agg")
    code = cells(write_notebook("adam_bias", tmp_path / "a.ipynb"), "code")
    space = {}
    for text in (code[0].replace("BETAS = (0.9,", "BETAS = (0.5,"), *code[1:]):
        exec(text, space)  # noqa: S102
    assert "held: First step: 15.81" in capsys.readouterr().out
    assert space["figure"].axes
