"""How a start from weights may be written."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.recipes import read_recipe


@pytest.mark.parametrize(
    ("texts", "name", "pretrained"),
    [
        (["model.pretrained=auto"], None, None),
        (["model.pretrained=none"], None, False),
        (["model.pretrained=false"], None, False),
        (["model.pretrained=true", "model=resnet18"], "resnet18", True),
        (["model.pretrained=resnet18"], "resnet18", True),
        (["model=resnet18", "model.pretrained=resnet18"], "resnet18", True),
        (["model.pretrained=weights.pth"], None, "weights.pth"),
        (["model.pretrained=lenet"], None, "lenet"),  # it has none: a file's name
    ],
)
def test_starts(texts, name, pretrained):
    model = read_recipe(None, texts).model
    assert (model.name, model.pretrained) == (name, pretrained)


def test_depths_by_name():
    with pytest.raises(RecipeError, match="transfer.depths"):
        read_recipe(None, ["transfer.depths=some"])
