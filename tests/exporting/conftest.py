"""Networks whose BatchNorm has something to fold, and real images to compare on."""

import jaxtyping
import numpy as np
import pytest
import torch
from torch import nn

from trainwell import models
from trainwell.exporting import write_onnx
from trainwell.infer import ModelMetadata, Predictor, Preprocessing
from trainwell.models._data_init import DataInitialised
from trainwell.preprocess import Standardize
from trainwell.tasks import Classification

CLASSES = ("airplane", "automobile", "bird")


@pytest.fixture
def no_type_hook(monkeypatch):
    """Folding traces the model, and a traced argument is not a tensor to the hook."""
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)


@pytest.fixture(scope="session")
def images(shared_data):
    """Paths of real pictures."""
    folder = shared_data / "cifar10_mini" / "test"
    return [path for name in CLASSES for path in sorted((folder / name).iterdir())[:7]]


@pytest.fixture(scope="session")
def make_predictor(images):
    """A network that has seen the images: statistics and shifts far from 0 and 1."""

    def make(name, size=32, fit="pad"):
        torch.manual_seed(0)
        created = models.create(name, num_classes=len(CLASSES), image_size=size)
        model = created.model
        metadata = ModelMetadata(
            task=Classification(CLASSES),
            model=created.spec,
            preprocessing=Preprocessing(
                image_size=size,
                channels=3,
                short_side=size * 3 // 2,
                fit=fit,
                border="reflect",
                standardize=Standardize((0.49, 0.48, 0.44), (0.25, 0.24, 0.26)),
            ),
        )
        predictor = Predictor(model, metadata)
        levels = torch.from_numpy(predictor.prepared(images)) / 255
        x = ((levels - 0.48) / 0.25).permute(0, 3, 1, 2)
        if isinstance(model, DataInitialised):
            model.init_from_data(x)
        with torch.no_grad():
            for module in model.modules():
                if isinstance(module, nn.BatchNorm2d):
                    module.weight.uniform_(0.5, 1.5)
                    module.bias.normal_(0, 0.2)
                    module.momentum = None  # all of what it sees counts alike
            model.train()(x)
        model.eval()
        found = np.stack([p.probabilities for p in predictor.predict(images)])
        assert found.std(0).min() > 0.01, "the answers must differ from image to image"
        return predictor

    return make


@pytest.fixture(scope="session")
def exported_mlp(make_predictor, tmp_path_factory):
    """A model and its file; not to be changed."""
    predictor = make_predictor("mlp", 28, fit="crop")
    return predictor, write_onnx(predictor, tmp_path_factory.mktemp("mlp") / "m.onnx")
