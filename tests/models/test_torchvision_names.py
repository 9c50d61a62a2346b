"""Names of torchvision's files become those of its networks."""

import torch

from trainwell.models._torchvision_names import torchvision_names

ONE = torch.ones(1)


def test_dense_layers():
    state = {
        "features.denseblock1.denselayer2.norm.1.weight": ONE,
        "features.denseblock1.denselayer2.conv.2.weight": ONE,
        "features.norm.1.weight": ONE,
    }
    assert list(torchvision_names(state, {})) == [
        "features.denseblock1.denselayer2.norm1.weight",
        "features.denseblock1.denselayer2.conv2.weight",
        "features.norm.1.weight",
    ]


def test_auxiliary_heads_stay_where_the_network_has_them():
    state = {"aux1.fc.weight": ONE, "AuxLogits.fc.bias": ONE, "module.aux2.b": ONE}
    assert torchvision_names(state, {"fc.weight": ONE}) == {}
    assert torchvision_names(state, {"aux1.fc.weight": ONE}) == state
