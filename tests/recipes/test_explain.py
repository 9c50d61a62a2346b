"""One line says what is wrong with a key or a value, and what was meant."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.recipes import keys, read_recipe

MESSAGES = {
    "train.lr=0.1": "`train.lr` is not a key of a recipe. Did you mean `optimizer.lr`?",
    "lr=0.1": "`lr` is not a key of a recipe. Did you mean `optimizer.lr`?",
    "optimizr.lr=1": "`optimizr.lr` is not a key of a recipe. Did you mean `optimizer.lr`?",
    "dropout=0.5": "`dropout` is not a key of a recipe. Did you mean `noise=dropout`?",
    "model=7": "`model` cannot be 7; give one of its keys, such as model.name=VALUE. `trainwell show recipe model` lists them.",
    "train=3": "`train` cannot be 3; give one of its keys, such as train.epochs=VALUE. `trainwell show recipe train` lists them.",
    "augment=": "`augment` has no value; write augment=VALUE, or leave it out.",
    "optimizer.lr=abc": "`optimizer.lr` must be a number, got 'abc'.",
    "optimizer.lr=-1": "`optimizer.lr` must be greater than 0, got -1.",
    "train.batch_size=1.5": "`train.batch_size` must be a whole number, got 1.5.",
    "augment.flip=maybe": "`augment.flip` must be true or false, got 'maybe'.",
    "data.fit=padd": "`data.fit` must be one of pad, stretch, crop; got 'padd'. Did you mean `pad`?",
    "train.epochs=1e400": "`train.epochs` must be a finite number, got inf.",
}


@pytest.mark.parametrize("key", MESSAGES)
def test_the_message(key):
    with pytest.raises(RecipeError) as error:
        read_recipe(None, [key])
    assert str(error.value) == MESSAGES[key]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("augment.name=mixup", "Did you mean `augment.mix=mixup`?"),
        ("augment.name=cutout", "Did you mean the key `augment.cutout`?"),
        ("optimizer=cosine", "Did you mean `schedule=cosine`?"),
        ("norm=batchnorm", "Did you mean `batch_norm`?"),
    ],
)
def test_a_name_of_another_key(key, meant):
    with pytest.raises(RecipeError) as error:
        read_recipe(None, [key])
    assert str(error.value).endswith(meant)


def test_no_choice_is_listed_twice():
    with pytest.raises(RecipeError, match="it takes ") as error:
        read_recipe(None, ["loss=cross_entropy", "loss.gamma=2"])
    takes = str(error.value).partition("it takes ")[2].rstrip(".").split(", ")
    assert len(takes) == len({*takes}) >= 2


def test_every_key_under_a_wrong_section_is_found():
    for key in keys():
        section, _, last = key.partition(".")
        wrong = f"{'data' if section != 'data' else 'train'}.{last}"
        same = [k for k in keys() if k.rpartition(".")[2] == last.rpartition(".")[2]]
        if not last or wrong in keys() or len(same) > 1:
            continue
        with pytest.raises(RecipeError, match="Did you mean") as error:
            read_recipe(None, [f"{wrong}=1"])
        assert f".{last.rpartition('.')[2]}`" in str(error.value)


def test_none_is_no_name_of_another_section():
    with pytest.raises(RecipeError) as error:
        read_recipe(None, ["augment=none"])
    assert "norm=none" not in str(error.value)
