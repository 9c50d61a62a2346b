"""The recipe of the winner."""

from types import SimpleNamespace

from trainwell.recipes import read_recipe, with_point
from trainwell.runs import Quiet
from trainwell.runs.tuning import _winner
from trainwell.runs.tuning._winner import train_winner, winner_recipe, write_winner


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


def test_only_a_training_that_began_is_resumed(tmp_path, monkeypatch):
    asked = []

    def train(source, *words, resume, out, **more):
        asked.append(resume)
        out.mkdir(exist_ok=True)
        (out / "recipe.yaml").write_text("")
        return SimpleNamespace(summary={}, path=out)

    monkeypatch.setattr(_winner, "train", train)
    epochs = SimpleNamespace(train=SimpleNamespace(epochs=1.0))
    search = SimpleNamespace(path=tmp_path, recipe=epochs, reporter=Quiet())
    steps = SimpleNamespace(plan=SimpleNamespace(final_epochs=1.0))
    for _ in range(2):
        train_winner("photos", tmp_path / "winner.yaml", search, steps)
    assert asked == [False, True]
