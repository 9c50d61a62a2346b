"""The command on the page on tuning asks the same question again."""

import shlex

import pytest
from typer.testing import CliRunner

from trainwell import runs
from trainwell.cli._main import app
from trainwell.runs import Tuning
from trainwell.runs.tuning._tune import _command

QUESTIONS = [
    ((), None, Tuning()),
    (("model.name=lenet", "seed=1"), "my recipe.yaml", Tuning(budget="2h")),
    ((), None, Tuning("9m", "tpe", "halving", ("optimizer.lr", "penalty.weight"))),
]


@pytest.mark.parametrize(("words", "recipe", "how"), QUESTIONS)
def test_it_is_understood_as_it_was_meant(monkeypatch, words, recipe, how):
    asked = []

    def tune(data, *overrides, how, recipe, **more):
        asked.append((data, overrides, recipe, how))
        raise SystemExit

    monkeypatch.setattr(runs, "tune", tune)
    line = shlex.split(_command("my photos/", words, recipe, how))
    assert line[0] == "trainwell"
    CliRunner().invoke(app, line[1:])
    assert asked == [("my photos/", words, recipe, how)]


def test_what_is_usual_is_left_out():
    line = _command("photos", (), None, Tuning())
    assert line == "trainwell tune photos --budget 30m"
