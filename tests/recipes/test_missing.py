"""What a recipe names must be there before data are read."""

import pytest

from trainwell.core.errors import UserError
from trainwell.recipes import read_recipe, refuse_missing


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (["model=lenett"], "there is no model `lenett`.*Did you mean `lenet`"),
        (["model=nowhere_at_all:Net"], "cannot be imported"),
        (["model=lenet", "model.pretrained=none.pth"], "no weights at none.pth"),
        (["augment=none.yaml"], "augment.file=none.yaml: there is no such file"),
    ],
)
def test_one_line_says_what_is_missing(keys, message):
    with pytest.raises(UserError, match=message) as error:
        refuse_missing(read_recipe(None, keys))
    assert "\n" not in str(error.value)


def test_an_object_stands_under_the_name_of_its_class():
    recipe = read_recipe(None, ["model=__main__:Net.<locals>.Own"])
    refuse_missing(recipe, own_model=True)


@pytest.mark.parametrize(
    "content", [b"hello\n", b"\x80\x02}q\x00.", b"", b"PK\x03\x04", b"{}", b"c\n"]
)
@pytest.mark.parametrize("suffix", ["pth", "safetensors", "txt"])
def test_files_that_hold_no_weights(tmp_path, content, suffix):
    path = tmp_path / f"weights.{suffix}"
    path.write_bytes(content)
    with pytest.raises(UserError, match="weights") as error:
        refuse_missing(read_recipe(None, ["model=lenet", f"model.pretrained={path}"]))
    assert "\n" not in str(error.value)
