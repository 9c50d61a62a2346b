"""What `check transfer` refuses before it reads anything."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.runs import Quiet, check_transfer


def test_weights_must_be_named():
    with pytest.raises(RecipeError, match="name pretrained weights"):
        check_transfer("no/such/folder", "model.name=lenet", reporter=Quiet())


def test_a_training_is_not_what_it_does():
    keys = ("model.name=lenet", "model.pretrained=w.pth", "optimizer.lr=0.1")
    with pytest.raises(RecipeError, match="`optimizer.lr` changes nothing in"):
        check_transfer("no/such/folder", *keys, reporter=Quiet())
