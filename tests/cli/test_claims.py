"""`trainwell experiment` on claims: listed, measured, as tables and as notebooks."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from trainwell import experiments
from trainwell.cli._main import app


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words):
    return CliRunner().invoke(app, ["experiment", *words])


def test_claims_are_listed_by_subject():
    shown = run()
    assert shown.exit_code == 0
    for name in (*experiments.SECTIONS, *experiments.CLAIMS, *experiments.EXPERIMENTS):
        assert name in shown.output
    rows = json.loads(run("--json").output)
    assert {row["name"] for row in rows} == {
        *experiments.CLAIMS,
        *experiments.EXPERIMENTS,
    }


def test_one_claim(place):
    shown = run("adam_bias", "--quick")
    assert shown.exit_code == 0
    assert "adam_bias: held. First step: 3.16" in shown.output
    assert (place / "experiments" / "adam_bias.svg").exists()
    (row,) = json.loads(run("adam_bias", "--quick", "--json").stdout)
    assert (row["verdict"], row["seeds"], row["quick"]) == ("held", 1, True)
    table = csv.DictReader(io.StringIO(run("adam_bias", "--csv").stdout))
    assert [row["name"] for row in table] == ["adam_bias"]


def test_all_of_them_are_a_page(place, monkeypatch):
    few = ("adam_bias", "batch_norm_identity")
    monkeypatch.setattr(experiments, "CLAIMS", few)
    shown = run("--all", "--quick", "--out", "x")
    assert shown.exit_code == 0
    assert "1 held, 1 not held" in shown.output
    assert 'id="adam_bias"' in (place / "x" / "index.html").read_text()


def test_a_notebook(place):
    shown = run("valley", "--notebook", "v.ipynb")
    assert shown.output.strip() == "v.ipynb"
    assert json.loads((place / "v.ipynb").read_text())["nbformat"] == 4


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("vally",), "Did you mean `valley`"),
        (("valley", "digits"), "brings its own data"),
        (("policies", "--quick"), "need the name of a claim"),
        (("--all", "--notebook", "x"), "one claim"),
    ],
)
def test_what_is_refused(words, message, refused):
    assert message in refused("experiment", *words)
