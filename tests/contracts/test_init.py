"""Every initialiser that a recipe may name, on every one of our models.

What a rule does to a weight by itself is what a recipe does to that weight of a
network; a procedure starts all weights anew, or leaves them and starts norms.
"""

import inspect

import pytest
import torch
from torch import nn

from trainwell import init, models
from trainwell.core.errors import UserError
from trainwell.models._catalogue import CATALOGUE
from trainwell.models._residual import residual_blocks
from trainwell.recipes import builders, initialise, make_modifications, read_recipe

MOST = 3_000_000  # parameters; a larger model is only walked
DEEPEST = 60  # layers; likewise
SMALLER = {224: 32, 32: 8, 28: 12}  # pixels
MARK = 7.0
NORMS = (nn.BatchNorm2d, nn.GroupNorm, nn.LayerNorm)


def first_parameter(builder):
    return next(iter(inspect.signature(builder).parameters))


RULES = [n for n, b in builders("init").items() if first_parameter(b) == "weight"]
PROCEDURES = [name for name in builders("init") if name not in RULES]


def family(name):
    return name.rstrip("0123456789_")


def small(name):
    with torch.device("meta"):
        model = models.create(name, num_classes=7).model
    layers = sum(isinstance(m, nn.Conv2d) for m in model.modules())
    return models.num_parameters(model) <= MOST and layers <= DEEPEST


SMALL = {family(name): name for name in reversed(models.names()) if small(name)}


def recipe_of(name, rule):
    return read_recipe(None, [f"model.name={name}", f"init.name={rule}"])


def create(recipe):
    torch.manual_seed(0)
    size = SMALLER[CATALOGUE[recipe.model.name].image_size]
    created = models.create(
        recipe.model.name,
        num_classes=7,
        image_size=size,
        edits=make_modifications(recipe),
    )
    images = torch.randn(8, 3, size, size)
    models.show_images(created.model, images, torch.arange(8) % 7)
    return created.model, images


def trained_weights(model):
    """Weights that train and are not a scale or bias, however they are held."""
    return {n: p for n, p in model.named_parameters() if p.requires_grad and p.ndim > 1}


def changed(model, before):
    state = model.state_dict()
    return {name for name in before if not torch.equal(state[name], before[name])}


@pytest.mark.parametrize("name", models.names())
def test_a_rule_visits_every_weight_once(name):
    with torch.device("meta"):
        model = models.create(name, num_classes=7).model
    visited = []
    assert init.init_weights_(model, visited.append) == len(visited)
    assert {id(w) for w in visited} == {id(w) for w in trained_weights(model).values()}
    assert len({id(w) for w in visited}) == len(visited)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("name", SMALL.values())
def test_a_rule_does_to_each_weight_what_it_does_to_one(name, rule):
    recipe = recipe_of(name, rule)
    model, images = create(recipe)
    weights = trained_weights(model)
    if not weights:
        with pytest.raises(UserError, match="no convolution"):
            initialise(recipe, model, lambda: images)
        return
    with torch.no_grad():
        for weight in weights.values():
            weight.fill_(MARK)
    before = {k: v.clone() for k, v in model.state_dict().items()}
    initialise(recipe, model, lambda: images)
    alone = {
        n: bool((builders("init")[rule](torch.full(w.shape, MARK)) != MARK).any())
        for n, w in weights.items()
    }
    reached = changed(model, before)
    assert {n for n in weights if n in reached} == {n for n in weights if alone[n]}
    assert all(w.isfinite().all() for w in weights.values())
    for layer_name, layer in init.weighted_layers(model).items():
        assert layer.bias is None or not layer.bias.any(), layer_name
    biases = {f"{n}.bias" for n in init.weighted_layers(model)}
    assert reached <= set(weights) | biases


def place(name, rule):
    """Tell whether a model has what a procedure starts."""
    with torch.device("meta"):
        model = models.create(name, num_classes=7).model
    if "images" in inspect.signature(builders("init")[rule]).parameters:
        return bool(trained_weights(model))
    return bool(residual_blocks(model))


def started(recipe):
    """Return a model that has been started, and what it was before."""
    model, images = create(recipe)
    before = {k: v.clone() for k, v in model.state_dict().items()}
    initialise(recipe, model, lambda: images)
    return model, before


@pytest.mark.parametrize("rule", PROCEDURES)
@pytest.mark.parametrize("name", SMALL.values())
def test_a_procedure_starts_all_weights_or_norms_alone(name, rule):
    recipe = recipe_of(name, rule)
    if not place(name, rule):
        with pytest.raises(UserError, match="residual branch|no convolution"):
            started(recipe)
        return
    model, before = started(recipe)
    reached, weights = changed(model, before), set(trained_weights(model))
    assert all(t.isfinite().all() for t in model.state_dict().values())
    frozen = {n for n, p in model.named_parameters() if not p.requires_grad}
    assert not reached & (frozen | {n for n, _ in model.named_buffers()})
    if reached & weights:
        assert reached >= weights
    else:
        norms = [n for n, m in model.named_modules() if isinstance(m, NORMS)]
        assert reached
        assert reached <= {f"{name}.weight" for name in norms}
