import pytest

from trainwell.core.errors import RecipeError
from trainwell.recipes import DataStats, choose, read_recipe, refuse_unused
from trainwell.recipes._data_section import Data


def test_recipes_of_before_are_read(tmp_path):
    path = tmp_path / "recipe.yaml"
    path.write_text("data: {image_size: 32, val_share: 0.1}\n")
    assert read_recipe(path).data == Data(image_size=32)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["data.fold=1"], "`data.fold` needs `data.folds` beside it"),
        (["data.folds=3", "data.fold=3"], "`data.fold`=3 must be below `data.folds`=3"),
        (["data.folds=3", "data.val_share=0.3"], "`data.val_share` is not used by"),
        (["data.val_share=0", "train.patience=2"], "which train.patience needs"),
        (["data.sampling=balanced", "loss.class_weights=balanced"], "classes twice"),
        (["data.sampling=balanced", "loss.class_weights=sqrt"], "=sqrt would count"),
        (["data.val_share=0", "ensemble=soup"], "which ensemble.kind=soup needs"),
    ],
)
def test_what_does_not_go_together(words, message):
    with pytest.raises(RecipeError, match=message):
        refuse_unused(read_recipe(None, words), resolved=False)


def test_no_weights_are_chosen_beside_balanced_sampling():
    known = DataStats(
        num_train=100, num_classes=2, channels=3, median_height=32, median_width=32,
        imbalance=9.0, mirror=None, accelerator=False, cores=1,
    )  # fmt: skip
    for words in ([], ["data.sampling=balanced"]):
        assert choose(read_recipe(None, words), known)[0].loss.class_weights == "none"
