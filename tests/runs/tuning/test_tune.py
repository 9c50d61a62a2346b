"""The command on the page on tuning asks the same question again."""

import shlex

import pytest
from typer.testing import CliRunner

from trainwell import runs
from trainwell.cli._main import app
from trainwell.runs import TuneOptions
from trainwell.runs.tuning._tune import _command, _keys

QUESTIONS = [
    ((), None, TuneOptions()),
    (("model.name=lenet", "seed=1"), "my recipe.yaml", TuneOptions(budget="2h")),
    ((), None, TuneOptions("9m", "tpe", "halving", ("optimizer.lr", "penalty.weight"))),
]


@pytest.mark.parametrize(("words", "recipe", "how"), QUESTIONS)
def test_it_is_understood_as_it_was_meant(monkeypatch, words, recipe, how):
    asked = []

    def tune(data, *overrides, recipe, out, resume, reporter, allow_import, **options):
        options = TuneOptions(**{"keys": _keys(options.pop("over")), **options})
        asked.append((data, overrides, recipe, options))
        raise SystemExit

    monkeypatch.setattr(runs, "tune", tune)
    line = shlex.split(_command("my photos/", words, recipe, how))
    assert line[0] == "trainwell"
    CliRunner().invoke(app, line[1:])
    assert asked == [("my photos/", words, recipe, how)]


def test_what_is_usual_is_left_out():
    line = _command("photos", (), None, TuneOptions())
    assert line == "trainwell tune photos --budget 30m"


def test_a_recipe_of_keys_and_values_is_repeated_as_words():
    line = _command("photos", ("seed=1",), {"train": {"epochs": 2}}, TuneOptions())
    assert line == "trainwell tune photos train.epochs=2 seed=1 --budget 30m"
