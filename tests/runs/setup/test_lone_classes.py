import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import array_dataset
from trainwell.runs import check_transfer
from trainwell.runs.setup._lone_classes import refuse_lone_classes


def test_the_classes_and_the_option_are_named():
    images = np.zeros((9, 4, 4), np.uint8)
    names = ("cat", "dog", "ship", "solo")
    data = array_dataset(images, np.array([0, 0, 0, 1, 1, 1, 2, 2, 3]), names)
    text = "solo has one training image, and transfer=auto needs two of every class: "
    with pytest.raises(
        DataError, match=text + ".* data.classes, or give transfer.rate"
    ):
        refuse_lone_classes(data, "transfer=auto", "give transfer.rate")
    refuse_lone_classes(array_dataset(images[:8], data.targets[:8], names), "x", "y")
    many = array_dataset(images[:4], np.arange(4), names)
    with pytest.raises(DataError, match="cat, dog, ship and 1 more have one training"):
        refuse_lone_classes(many, "x", "y")


def test_check_transfer(tmp_path):
    import torch
    from safetensors.torch import save_file

    from trainwell import models

    made = models.create("lenet", num_classes=2, in_channels=1, image_size=28)
    save_file(made.model.state_dict(), tmp_path / "w.safetensors")
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (31, 28, 28), np.uint8)
    targets = np.array([0, 1] * 15 + [2])
    torch.manual_seed(0)
    with pytest.raises(DataError, match="2 has one training image, and check transfer"):
        check_transfer(
            (images, targets),
            {
                "model.name": "lenet",
                "model.pretrained": str(tmp_path / "w.safetensors"),
            },
            "train.threads=1",
        )
