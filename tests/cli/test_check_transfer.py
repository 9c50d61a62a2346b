"""`trainwell check transfer`: what is refused, and what it says to do."""

import json
import shlex

import pytest
import torch

from trainwell.models import create
from trainwell.recipes import read_recipe, refuse_unused


def test_weights_that_are_not_there(trainwell, pictures):
    done = trainwell("check", "transfer", pictures, "lenet", "--weights", "none.pth")
    assert done.returncode == 2
    assert "error: no weights at none.pth" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("size", [(), ("data.image_size=16",)])
def test_the_command_trains_what_was_measured(invoke, pictures, tmp_path, size):
    weights = tmp_path / "the weights.pth"
    model = create("cifar_resnet20", num_classes=3, in_channels=1).model
    torch.save(model.state_dict(), weights)
    given = (*size, "data.channels=1", "train.threads=1")
    words = ("cifar_resnet20", *given, "--weights", weights, "--json")
    done = invoke("check", "transfer", pictures, *words)
    assert done.exit_code == 0, done.output
    command = shlex.split(json.loads(done.stdout)["command"])
    assert command[:3] == ["trainwell", "train", str(pictures)]
    recipe = read_recipe(None, command[3:])
    refuse_unused(recipe, resolved=False)
    named = (f"model.name={words[0]}", f"model.pretrained={weights}")
    measured = read_recipe(None, (*named, *given))
    assert recipe.model_copy(update={"transfer": measured.transfer}) == measured
    assert (recipe.transfer.freeze, recipe.transfer.rate) == (1, None)  # 20 per class
