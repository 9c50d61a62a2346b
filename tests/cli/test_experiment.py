"""`trainwell experiment` lists, runs, and says what is wrong."""

import pytest
from typer.testing import CliRunner

from trainwell.cli._experiment import _variant
from trainwell.cli._main import app


def test_without_a_name_it_lists():
    shown = CliRunner().invoke(app, ["experiment"])
    assert shown.exit_code == 0
    assert "policies: " in shown.output
    assert "randaugment" in shown.output


def test_variants_are_read_from_text():
    assert _variant("mine: augment.file=a.yaml,augment.flip=true") == (
        "mine",
        ("augment.file=a.yaml", "augment.flip=true"),
    )
    for text in ("mine", "mine:", ":a=b", "mine:flip"):
        with pytest.raises(ValueError, match="NAME:KEY=VALUE"):
            _variant(text)
