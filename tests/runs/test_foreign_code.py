"""Folders and files of somebody else name a network that is a trap."""

import json
import shutil
import sys

import pytest

from trainwell.core.errors import UserError
from trainwell.runs import Quiet, ensemble, search_augment, train, tune

SOURCE = "synthetic:shapes,size=12,count=90,seed=3"
FAST = ("train.epochs=1", "train.threads=1", "train.precision=float32")


@pytest.fixture
def trap(tmp_path, monkeypatch):
    """The path that exists once the trap was run."""
    caught = tmp_path / "caught"
    (tmp_path / "trapdoor.py").write_text(f"open({str(caught)!r}, 'w')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "trapdoor", raising=False)
    return caught


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    out = tmp_path_factory.mktemp("clean") / "run"
    return train(SOURCE, "model=softmax", *FAST, out=out, reporter=Quiet()).path


@pytest.fixture(params=["trapdoor:Net", "os:system"])
def foreign(request, clean, tmp_path):
    """A finished run whose recipe and model name the trap."""
    run, name = tmp_path / "foreign", request.param
    shutil.copytree(clean, run)
    recipe = (run / "recipe.yaml").read_text()
    command = f"touch {tmp_path / 'caught'}"
    arguments = f"name: {name}\n  arguments: {{command: '{command}'}}"
    recipe = recipe.replace("name: softmax", arguments).replace(
        "\n  pretrained: null\n  arguments: null", "\n  pretrained: null"
    )
    (run / "recipe.yaml").write_text(recipe)
    model = json.loads((run / "model.json").read_text())
    model["model"]["name"] = name
    model["model"]["arguments"] = {"command": command}
    (run / "model.json").write_text(json.dumps(model))
    return run


def unfinished(run):
    for name in ("summary.json", "model.safetensors", "model.json"):
        (run / name).unlink()
    return run


CALLS = {
    "ensemble": lambda run, out: ensemble(run, run, out=out, reporter=Quiet()),
    "recipe of a run": lambda run, out: train(
        SOURCE, recipe=run, out=out, reporter=Quiet()
    ),
    "recipe file": lambda run, out: train(
        SOURCE, recipe=run / "recipe.yaml", out=out, reporter=Quiet()
    ),
    "resume": lambda run, out: train(
        SOURCE, out=unfinished(run), resume=True, reporter=Quiet()
    ),
    "tune": lambda run, out: tune(
        SOURCE, recipe=run, budget="5s", out=out, reporter=Quiet()
    ),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_nothing_of_it_runs(call, foreign, trap, tmp_path):
    with pytest.raises(UserError, match="would run that code") as error:
        call(foreign, tmp_path / "out")
    assert "\n" not in str(error.value)
    assert not trap.exists()
    assert not (tmp_path / "out").exists()


def test_a_search_of_somebody_else(foreign, trap, tmp_path):
    state = tmp_path / "policy.search"
    state.mkdir()
    shutil.copy(foreign / "recipe.yaml", state)
    out = tmp_path / "policy.yaml"
    with pytest.raises(UserError, match="would run that code"):
        search_augment(SOURCE, out=out, resume=True, reporter=Quiet())
    assert not trap.exists()


def test_a_finished_member_of_somebody_else(foreign, trap, clean, tmp_path):
    run = tmp_path / "run"
    asked = (SOURCE, "model=softmax", "ensemble=2", *FAST)
    train(*asked, out=run, reporter=Quiet())
    shutil.copy(foreign / "model.json", run / "members" / "0")
    (run / "summary.json").unlink()
    with pytest.raises(UserError, match="would run that code"):
        train(*asked, out=run, resume=True, reporter=Quiet())
    assert not trap.exists()
