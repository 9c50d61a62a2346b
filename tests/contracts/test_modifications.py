"""What every edit must do to every one of our models: metadata rebuild the result."""

import json
from dataclasses import asdict

import pytest
import torch
from pydantic import TypeAdapter
from torch import nn

from trainwell import models
from trainwell.core.errors import ModelError
from trainwell.layers.activations import is_activation
from trainwell.models import ModelSpec, Modification
from trainwell.models._catalogue import CATALOGUE
from trainwell.models._residual import residual_blocks

MOST = 12_000_000  # parameters; a larger model has a smaller one of its family here
DEEPEST = 60  # layers; likewise
SMALLER = {224: 64, 32: 8, 28: 12}  # pixels


def has(*kinds):
    return lambda model: any(isinstance(m, kinds) for m in model.modules())


def activated(model):
    return any(is_activation(m) for m in model.modules())


def always(model):
    return True


PRELU = Modification("activation", "prelu", {"per_channel": True, "initial": 0.1})
WHITEN = Modification("preprocess", "patch_whiten", {"patch": 3})
GROUPS = Modification("norm", "group_norm", {"groups": 1})
DROP = Modification("noise", "dropout", {"p": 0.3})
COSINE = Modification("head", "cosine", {"scale": 8.0})
PASSES = Modification("passes", "marginalised", {"draws": 2})
EDITS = {  # by name: the edits, and which models have a place for them
    "stage": ([Modification("preprocess", "feature_standardize")], always),
    "filters": ([WHITEN], always),
    "prelu": ([PRELU], activated),
    "maxout": ([Modification("activation", "maxout")], activated),
    "group_norm": ([GROUPS], has(nn.BatchNorm2d)),
    "whitening_norm": (
        [Modification("norm", "decorrelated_batch_norm")],
        has(nn.BatchNorm2d),
    ),
    "no_norm": ([Modification("norm", "none")], has(nn.BatchNorm2d)),
    "weight_norm": ([Modification("norm", "weight_norm")], has(nn.Linear)),
    "dropout": ([DROP], has(nn.Linear)),
    "drop_connect": ([Modification("noise", "drop_connect")], has(nn.Linear)),
    "channel_dropout": (
        [Modification("noise", "channel_dropout")],
        lambda model: activated(model) and has(nn.Conv2d)(model),
    ),
    "depth": ([Modification("noise", "stochastic_depth")], residual_blocks),
    "shake_drop": ([Modification("noise", "shake_drop", {"p": 0.2})], residual_blocks),
    "cosine": ([COSINE], has(nn.Linear)),
    "fixup": ([Modification("fixup", "fixup")], residual_blocks),
    "passes": ([DROP, PASSES], has(nn.Linear)),
    "many": (
        [WHITEN, PRELU, GROUPS, DROP, COSINE, PASSES],
        lambda model: activated(model) and has(nn.BatchNorm2d)(model),
    ),
}


def small(name):
    with torch.device("meta"):
        model = models.create(name, num_classes=7).model
    layers = sum(isinstance(m, nn.Conv2d) for m in model.modules())
    return models.num_parameters(model) <= MOST and layers <= DEEPEST


@pytest.fixture(params=[n for n in models.names() if small(n)], scope="module")
def plain(request):
    torch.manual_seed(0)
    size = SMALLER[CATALOGUE[request.param].image_size]
    return models.create(request.param, num_classes=7, image_size=size)


def images(spec, batch):
    g = torch.Generator().manual_seed(1)
    shape = (batch, spec.in_channels, spec.image_size, spec.image_size)
    return torch.randn(shape, generator=g)


def create(plain, edits):
    torch.manual_seed(0)
    return models.create(
        plain.spec.name,
        num_classes=7,
        image_size=plain.spec.image_size,
        edits=edits,
    )


def scrambled(model, spec):
    """Make everything in the model its own, as training does."""
    models.show_images(model, images(spec, 9), torch.arange(9) % 7)
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data += 0.02 * torch.randn_like(parameter)
    model.train()(images(spec, 4))
    return model.eval()


@pytest.mark.parametrize("which", EDITS)
def test_a_card_rebuilds_the_edited_model(plain, which):
    edits, fits = EDITS[which]
    if not fits(plain.model):
        with pytest.raises(ModelError, match="|".join(edit.kind for edit in edits)):
            create(plain, edits)
        return
    created = create(plain, edits)
    model = scrambled(created.model, created.spec)
    text = json.dumps(asdict(created.spec))
    spec = TypeAdapter(ModelSpec).validate_python(json.loads(text))
    assert spec == created.spec
    rebuilt = models.build(spec)
    rebuilt.load_state_dict(model.state_dict())
    batch = images(spec, 3)
    outputs = model(batch)
    assert outputs.shape == (3, 7)
    assert torch.equal(rebuilt.eval()(batch), outputs)


@pytest.mark.parametrize("which", EDITS)
def test_gradients_reach_what_trains(plain, which):
    """But where an activation is switched off for all of a few images."""
    edits, fits = EDITS[which]
    if not fits(plain.model):
        return
    created = create(plain, edits)
    model = scrambled(created.model, created.spec).train()
    torch.manual_seed(0)
    outputs = model(images(created.spec, 6))
    nn.functional.cross_entropy(outputs, torch.arange(6)).backward()
    trained = [p for p in model.parameters() if p.requires_grad]
    assert all(p.grad is not None and p.grad.isfinite().all() for p in trained)
