"""The recipe of the winner."""

from types import SimpleNamespace

from trainwell.recipes import read_recipe, with_point
from trainwell.runs.tuning._winner import winner_recipe, write_winner


def test_precision_stays_as_it_was_requested(opened, tmp_path):
    session = opened()
    requested = read_recipe(None, ["train.precision=auto"])
    search = SimpleNamespace(
        recipe=session.recipe, at=lambda point: with_point(session.recipe, point)
    )
    recipe = winner_recipe(search, {"optimizer.lr": 0.4}, requested)
    assert recipe.optimizer.lr == 0.4
    assert recipe.train.precision == "auto"
    verdict = SimpleNamespace(
        points={"default": {"optimizer.lr": 0.4}},
        winner="default",
        report=SimpleNamespace(text="Keep the\n default."),
    )
    path = tmp_path / "winner.yaml"
    steps = SimpleNamespace(verdict=verdict)
    write_winner(path, search, steps, "photos", requested)
    lines = path.read_text().splitlines()
    assert lines[0] == "# The default of `trainwell tune` on photos."
    assert lines[1] == "# Keep the default."
    assert read_recipe(path) == recipe
