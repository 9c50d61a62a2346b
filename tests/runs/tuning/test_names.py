"""A search over names, from the command to the page."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.recipes import read_recipe
from trainwell.runs import Quiet, tune


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return tune(
        "synthetic:shapes,size=12,count=120,seed=3",
        "train.threads=1",
        "model=mlp",
        over="optimizer.name,noise.name,noise.p,optimizer.lr,train.batch_size",
        sampler="tpe",
        budget="30s",
        out=tmp_path_factory.mktemp("tune") / "t",
        reporter=Quiet(),
    )


def test_trials_have_names_and_what_depends_on_them(found):
    points = [t.spec.point for t in found.steps.coarse.trials]
    assert {"nesterov"} < {p["optimizer.name"] for p in points}
    for point in points:
        assert ("noise.p" in point) == (point["noise.name"] != "none")
        assert point["optimizer.lr"] <= (
            2.5 if point["optimizer.name"] != "adamw" else 0.01
        )
    assert any(t.state == "complete" for t in found.steps.coarse.trials[1:])


def test_the_winner_is_a_recipe_and_the_page_shows_the_names(found):
    recipe = read_recipe(found.path / "winner.yaml")
    assert recipe.optimizer.name in {"nesterov", "adamw", "muon"}
    page = (found.path / "tune.html").read_text("utf-8")
    assert "Accuracy over optimizer" in page
    assert "nesterov" in page


def test_a_population_changes_numbers_only(tmp_path):
    with pytest.raises(RecipeError, match="`over`=optimizer.name cannot be searched"):
        tune(
            "synthetic:shapes,size=12,count=60",
            over="optimizer.name",
            sampler="population",
            out=tmp_path / "t",
        )
    assert not (tmp_path / "t").exists()
