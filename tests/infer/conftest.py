"""A small untrained model in a run folder, and pictures to show it."""

import numpy as np
import pytest
import torch
from PIL import Image

from trainwell import models
from trainwell.infer import ModelMetadata, Preprocessing, write_metadata
from trainwell.preprocess import Standardize
from trainwell.tasks import Classification
from trainwell.training import save_tensors

CLASSES = ("ant", "bee", "cat", "dog")


@pytest.fixture
def save_model(tmp_path):
    """Write model.json and model.safetensors of a fresh network; return the folder."""

    def save(name="lenet", *, channels=3, size=20, **how):
        torch.manual_seed(0)
        created = models.create(
            name, num_classes=len(CLASSES), in_channels=channels, image_size=size
        )
        usual = {
            "image_size": size,
            "channels": channels,
            "short_side": None,
            "fit": "pad",
            "border": "mean",
            "standardize": Standardize((0.4, 0.5, 0.6)[:channels], (0.2,) * channels),
        }
        metadata = ModelMetadata(
            task=Classification(CLASSES),
            model=created.spec,
            preprocessing=Preprocessing(**usual | how),
        )
        folder = tmp_path / f"run-{len(list(tmp_path.glob('run-*')))}"
        folder.mkdir()
        (folder / "model.json").write_text(write_metadata(metadata))
        save_tensors(folder / "model.safetensors", created.model.state_dict())
        return folder

    return save


@pytest.fixture(scope="session")
def pictures():
    """Smooth colour pictures of several shapes."""
    rng = np.random.default_rng(0)
    shapes = [(20, 20), (31, 17), (20, 40), (9, 12), (60, 55)]
    coarse = [rng.integers(0, 256, (5, 5, 3)).astype(np.uint8) for _ in shapes]
    return [
        np.asarray(Image.fromarray(c).resize(shape[::-1]))
        for c, shape in zip(coarse, shapes, strict=True)
    ]


@pytest.fixture
def files(tmp_path, pictures):
    """The pictures as PNG files."""
    paths = [tmp_path / f"{i}.png" for i in range(len(pictures))]
    for path, picture in zip(paths, pictures, strict=True):
        Image.fromarray(picture).save(path)
    return paths
