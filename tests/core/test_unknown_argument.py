"""A keyword that a function does not have is answered with the right spelling."""

import pytest

from trainwell.core.recipe_keys import recipe_keys, sections
from trainwell.core.unknown_argument import _SYNONYMS, unknown_argument

TRAIN = ["source", "overrides", "recipe", "out", "model", "hooks", "loss", "augment"]
CHECK = ["source", "model", "overrides", "reporter"]
PREDICT = ["run", "images", "top", "views"]


@pytest.mark.parametrize(
    ("known", "name", "value", "answer"),
    [
        (
            TRAIN,
            "epochs",
            1,
            'it is a field of the recipe: give "train.epochs=1" as a further argument, '
            'or recipe={"train.epochs": 1}.',
        ),
        (TRAIN, "lr", 0.1, '"optimizer.lr=0.1"'),
        (TRAIN, "learning_rate", 0.1, '"optimizer.lr=0.1"'),
        (TRAIN, "train", {"epochs": 1}, 'give {"train": {"epochs": 1}} as a further'),
        (TRAIN, "seed", 3, '"seed=3"'),
        (TRAIN, "device", "cpu", 'or recipe={"train.device": "cpu"}.'),
        (TRAIN, "train_epochs", 3, '"train.epochs=3"'),
        (TRAIN, "momentum", 0.9, '"optimizer.momentum=0.9"'),
        (TRAIN, "patience", 3, '"train.patience=3"'),
        (TRAIN, "optimizer", object(), '"optimizer=VALUE"'),
        (TRAIN, "epoch", 1, '"train.epochs=1"'),
        (TRAIN, "callbacks", [], "it is called `hooks`."),
        (TRAIN, "hook", [], "did you mean `hooks`?"),
        (TRAIN, "data", "d", "it is called `source`."),
        (CHECK, "epochs", 1, 'give "train.epochs=1" as a further argument.'),
        (CHECK, "loss", "focal", 'give "loss=focal" as a further argument.'),
        (CHECK, "recipe", {}, 'as further arguments: "train.epochs=1" or {"train.'),
        (TRAIN, "dropout", 0.5, 'as further arguments: "train.epochs=1" or {"train.'),
        (PREDICT, "epochs", 1, "there are `run`, `images`, `top`, `views`."),
        (PREDICT, "view", "flip", "did you mean `views`?"),
    ],
)
def test_the_right_spelling_is_named(known, name, value, answer):
    line = unknown_argument(name, value, known)
    assert line.startswith(f"there is no argument `{name}`; ")
    assert answer in line
    assert line.endswith((".", "?"))


def test_synonyms_stand_for_something():
    keys = {each.key for each in recipe_keys()} | set(sections())
    arguments = {"augment", "hooks", "loss", "model", "out", "recipe", "reporter"}
    arguments |= {"source", "top", "views"}
    assert set(_SYNONYMS.values()) <= keys | arguments
