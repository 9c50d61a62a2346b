"""Edits in their order, behind the weights, and refused in words where they misfit."""

import pytest
import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.init._fixup import ScalarBias
from trainwell.layers.activations import MaxoutConv2d, Swish
from trainwell.layers.stochastic import MCDropout
from trainwell.models import ModelSpec, Modification, create
from trainwell.models._modifications import apply_modifications, inner_spec
from trainwell.models._modify_preprocess import Preprocessed


def make(name="cifar_resnet20", *edits, **options):
    torch.manual_seed(0)
    defaults = {"num_classes": 5, "image_size": 12}
    return create(name, edits=edits, **{**defaults, **options})


def kinds(model):
    return {type(m) for m in model.modules()}


def test_no_edits_change_nothing():
    assert make().messages == ()
    assert make().spec.edits == ()


def test_the_specification_remembers_them():
    edits = (Modification("activation", "swish"), Modification("norm", "none"))
    assert make("cifar_resnet20", *edits).spec.edits == edits


def test_messages_say_what_was_done():
    created = make("cifar_resnet20", Modification("noise", "dropout"))
    assert created.messages == ("dropout before linear maps of features: fc.",)


def test_activations():
    model = make(
        "cifar_resnet20", Modification("activation", "swish", {"beta": 2.0})
    ).model
    assert nn.ReLU not in kinds(model)
    assert Swish in kinds(model)


def test_a_slope_per_channel_knows_its_channels():
    edit = Modification("activation", "prelu", {"per_channel": True})
    model = make("cifar_resnet20", edit).model
    widths = [block.act1.num_parameters for block in model.blocks]
    assert widths == [16] * 3 + [32] * 3 + [64] * 3
    shared = make("cifar_resnet20", Modification("activation", "prelu")).model
    assert {block.act1.num_parameters for block in shared.blocks} == {1}


def test_a_slope_per_channel_behind_a_stage_that_adds_channels():
    stage = Modification("preprocess", "patch_whiten", {"patch": 1})
    edit = Modification("activation", "prelu", {"per_channel": True})
    model = make("lenet", stage, edit, in_channels=2).model
    assert [m.num_parameters for m in model.modules() if type(m) is nn.PReLU] == [
        6,
        16,
        120,
        84,
    ]


def test_maxout():
    model = make(
        "cifar_resnet20", Modification("activation", "maxout", {"pieces": 3})
    ).model
    assert MaxoutConv2d in kinds(model)
    assert model.conv1.affine.out_channels == 48


def test_maxout_leaves_what_is_frozen():
    """The whitening of airbench feeds an activation, but is not trained."""
    plain = make("airbench", image_size=32).model
    model = make("airbench", Modification("activation", "maxout"), image_size=32).model
    frozen = [n for n, p in plain.named_parameters() if not p.requires_grad]
    assert frozen
    for name in frozen:
        assert torch.equal(model.get_parameter(name), plain.get_parameter(name))
    replaced = [n for n, m in model.named_modules() if isinstance(m, MaxoutConv2d)]
    assert len(replaced) == 6
    assert not {name.rpartition(".")[0] for name in frozen} & set(replaced)


def test_fixup_takes_the_place_of_norms():
    model = make("cifar_resnet20", Modification("fixup", "fixup")).model
    assert nn.BatchNorm2d not in kinds(model)
    assert ScalarBias in kinds(model)


def test_passes_stand_behind_the_noise():
    edits = (
        Modification("noise", "dropout"),
        Modification("passes", "marginalised", {"draws": 3}),
    )
    model = make("cifar_resnet20", *edits).model
    assert isinstance(model, MCDropout)
    assert model.samples == 3
    x = torch.randn(2, 3, 12, 12)
    log_probabilities = model.eval()(x)
    torch.testing.assert_close(log_probabilities.exp().sum(1), torch.ones(2))
    assert not torch.allclose(model.model(x).softmax(1), log_probabilities.exp())


def test_weights_are_loaded_before(tmp_path):
    """A file of the plain network fits, and the edits keep what they can of it."""
    plain = make("cifar_resnet20").model
    torch.save(plain.state_dict(), tmp_path / "w.pth")
    torch.manual_seed(9)
    created = create(
        "cifar_resnet20",
        num_classes=5,
        image_size=12,
        pretrained=tmp_path / "w.pth",
        edits=[Modification("noise", "dropout"), Modification("norm", "batch_renorm")],
    )
    assert torch.equal(created.model.fc[1].weight, plain.fc.weight)
    assert torch.equal(created.model.conv1.weight, plain.conv1.weight)
    x = torch.randn(2, 3, 12, 12)
    torch.testing.assert_close(created.model.eval()(x), plain.eval()(x))


def test_modes_are_left_alone():
    edits = (Modification("norm", "group_norm"), Modification("head", "cosine"))
    model = make("cifar_resnet20", *edits).model
    assert all(module.training for module in model.modules())


@pytest.mark.parametrize(
    ("name", "edits", "message"),
    [
        (
            "mlp",
            [Modification("norm", "group_norm")],
            "norm `group_norm`: the model has no nor",
        ),
        (
            "k_nearest",
            [Modification("norm", "weight_norm")],
            "no weight that weight_norm can",
        ),
        (
            "softmax",
            [Modification("activation", "elu")],
            "the model has no activation module",
        ),
        ("mlp", [Modification("noise", "stochastic_depth")], "finds no place in mlp"),
        (
            "plain20",
            [Modification("fixup", "fixup")],
            "the model has no residual branch",
        ),
        (
            "lenet",
            [Modification("noise", "fractional_max_pool")],
            "lenet does not work with",
        ),
        ("k_nearest", [Modification("head", "cosine")], "no linear last layer"),
        (
            "mlp",
            [
                Modification("preprocess", "mean_image"),
                Modification("preprocess", "zca_whiten"),
            ],
            "only one preprocessing stage",
        ),
    ],
)
def test_misfits_in_words(name, edits, message):
    with pytest.raises(ModelError, match=message) as raised:
        make(name, *edits)
    assert "\n" not in str(raised.value)


def test_a_stage_too_large_for_the_images():
    with pytest.raises(ModelError, match="preprocess `zca_whiten`: a covariance over"):
        make("airbench", Modification("preprocess", "zca_whiten"), image_size=64)


def test_the_network_behind_a_stage():
    stage = Modification("preprocess", "patch_whiten", {"patch": 3})
    spec = ModelSpec(
        "lenet", 5, 2, 12, edits=(Modification("activation", "elu"), stage)
    )
    assert inner_spec(spec).in_channels == 2 * 2 * 9
    assert inner_spec(spec).edits == spec.edits
    plain = ModelSpec("lenet", 5, 2, 12)
    assert inner_spec(plain) is plain


def test_the_stage_stays_outside_whatever_the_order():
    edits = (
        Modification("preprocess", "mean_image"),
        Modification("activation", "elu"),
    )
    spec = ModelSpec("lenet", 5, 3, 12, edits=edits)
    network = make("lenet").model
    model, messages = apply_modifications(network, spec)
    assert isinstance(model, Preprocessed)
    assert model.network is network
    assert len(messages) == 4
