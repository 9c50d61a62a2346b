import pytest
import torch

from trainwell.core.errors import ModelError
from trainwell.models import ModelSpec
from trainwell.models import _source_own as own


def test_sizes():
    assert own.native_size("resnet18") == 224
    assert own.native_size("cifar_resnet20") == 32


def test_imagenet_statistics_only_for_weights_of_imagenet():
    spec = ModelSpec("resnet18", 10, 3, 224)
    assert own.preprocessing(spec, {"fc.bias": torch.zeros(1000)}) == own.IMAGENET
    assert own.preprocessing(spec, {"fc.bias": torch.zeros(10)}) is None
    assert own.preprocessing(spec, {}) is None
    cifar = ModelSpec("cifar_resnet20", 10, 3, 32)
    assert own.preprocessing(cifar, {"fc.bias": torch.zeros(1000)}) is None


def test_an_argument_of_the_wrong_type():
    spec = ModelSpec("mobilenet_v2", 10, 3, 224, {"dropout": 3.0})
    with pytest.raises(ModelError, match="`mobilenet_v2` cannot be built: `dropout`"):
        own.build(spec)
