import pytest
import torch

from trainwell.core.errors import ModelError
from trainwell.models import ModelSpec
from trainwell.models import _source_own as own
from trainwell.models._catalogue import IMAGENET


def test_sizes():
    assert own.native_size("resnet18") == 224
    assert own.native_size("cifar_resnet20") == 32


def test_imagenet_statistics_only_for_weights_of_imagenet():
    spec = ModelSpec("resnet18", 10, 3, 224)
    assert own.preprocessing(spec, {"fc.bias": torch.zeros(1000)}) == IMAGENET
    assert own.preprocessing(spec, {"fc.bias": torch.zeros(10)}) is None
    assert own.preprocessing(spec, {}) is None
    cifar = ModelSpec("cifar_resnet20", 10, 3, 32)
    assert own.preprocessing(cifar, {"fc.bias": torch.zeros(1000)}) is None


def test_an_argument_of_the_wrong_type():
    spec = ModelSpec("mobilenet_v2", 10, 3, 224, {"dropout": 3.0})
    with pytest.raises(ModelError, match="`mobilenet_v2` cannot be built: `dropout`"):
        own.build(spec)


@pytest.mark.parametrize(
    ("spec", "count"),
    [
        (ModelSpec("mlp", 10, 1, 28, {"hidden": [60_000] * 9}), "28,848,180,010"),
        (ModelSpec("mlp", 10, 3, 2048, {"hidden": [60_000]}), "754,975,380,010"),
        (ModelSpec("softmax", 10_000_000, 3, 224), "1,505,290,000,000"),
        (
            ModelSpec("airbench", 10, 3, 32, {"widths": [60_000, 60_000]}),
            "97,214,040,312",
        ),
    ],
)
def test_all_parameters_together_are_bounded(spec, count, monkeypatch):
    monkeypatch.setattr(own, "memory_bytes", lambda: 1 << 36)
    for make in (own.resolve, own.build):
        with pytest.raises(ModelError, match=r"at most 4,294,967,296 can be") as caught:
            make(spec)
        assert f"has {count} parameters" in str(caught.value)
        assert "\n" not in str(caught.value)


def test_counting_takes_no_random_number():
    torch.manual_seed(0)
    before = torch.get_rng_state()
    own.resolve(ModelSpec("resnet18", 10, 3, 32))
    assert torch.equal(before, torch.get_rng_state())
