"""`data.image_size`: a square's side, or height and width, however they are written."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.recipes import read_recipe, write_recipe


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("64", 64),
        ("[96,160]", (96, 160)),
        ("[96, 160]", (96, 160)),
        ("96x160", (96, 160)),
        ("[64, 64]", 64),
        ("64x64", 64),
        ("null", None),
    ],
)
def test_the_command_line(given, expected):
    recipe = read_recipe(None, [f"data.image_size={given}"])
    assert recipe.data.image_size == expected


@pytest.mark.parametrize("given", [(96, 160), [96, 160], "96x160"])
def test_python_and_files(given, tmp_path):
    recipe = read_recipe({"data.image_size": given})
    assert recipe.data.image_size == (96, 160)
    path = tmp_path / "recipe.yaml"
    path.write_text(write_recipe(recipe))
    assert read_recipe(path) == recipe


@pytest.mark.parametrize(
    "given",
    [
        *("3", "2049", "big", "64.5", "true", "[96]", "[96, 3]", "[96, 2049]"),
        *("[96, 160, 3]", "[]", "{a: 1}", "[a, b]", "96x", "[null, 96]", "1e400"),
    ],
)
def test_what_is_no_size(given):
    rule = r"`data.image_size` must be a whole number of pixels, 4 to 2048, or \[height"
    with pytest.raises(RecipeError, match=rule):
        read_recipe(None, [f"data.image_size={given}"])
