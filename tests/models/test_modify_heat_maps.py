"""Where a head of heat maps goes, which blocks it reads, and where it cannot be."""

import pytest
import torch

from trainwell.core.errors import ModelError
from trainwell.models import (
    HeatMaps,
    Modification,
    build,
    create,
    read_heatmap,
    read_soft_argmax,
)
from trainwell.transfer import blocks


def head_of(model):
    return next(m for m in model.modules() if isinstance(m, HeatMaps))


@pytest.mark.parametrize(
    ("size", "grid", "count"),
    [(16, (8, 8), 3), (32, (16, 16), 4), (96, (24, 24), 4), ((64, 96), (16, 24), 4)],
)
def test_the_last_block_of_every_resolution_that_is_not_too_fine(size, grid, count):
    spec_size = size if isinstance(size, tuple) else (size, size)
    made = create("mobilenet_v2", num_classes=4, image_size=size)
    x = torch.rand(2, 3, *spec_size)
    modules = {m: n for n, m in made.model.named_modules()}
    names = [modules[b.modules[-1]] for b in blocks(made.model, x)[:-1]]
    read_heatmap(made.model, x, blocks=names)
    head = head_of(made.model)
    assert head.size == grid
    assert len(head.lateral) == count
    shapes = []
    for name in names:
        made.model.get_submodule(name).register_forward_hook(
            lambda _, __, out: shapes.append(tuple(out.shape[2:]))
        )
    made.model.eval()(x)
    last = {shape: number for number, shape in enumerate(shapes)}
    assert {*head.numbers} <= {*last.values()}


def test_it_is_built_again_from_its_specification():
    edit = Modification("head", "soft_argmax", {"blocks": ["blocks.2", "blocks.8"]})
    made = create("cifar_resnet20", num_classes=6, image_size=16, edits=[edit])
    again = build(made.spec)
    again.load_state_dict(made.model.state_dict())
    x = torch.rand(2, 3, 16, 16)
    assert torch.equal(again.eval()(x), made.model.eval()(x))
    assert made.messages[-1].startswith("head: 3 heat maps of 16x16 cells, of 2 ")


def test_an_export_answers_with_points(exported):
    for name in ("soft_argmax", "heatmap"):
        edit = Modification("head", name, {"blocks": ["blocks.2", "blocks.8"]})
        made = create("cifar_resnet20", num_classes=6, image_size=16, edits=[edit])
        model, x = made.model.eval(), torch.rand(3, 3, 16, 16)
        torch.testing.assert_close(
            exported(model, x)(x), model(x), atol=1e-4, rtol=1e-4
        )


@pytest.mark.parametrize(
    ("network", "count", "blocks", "message"),
    [
        ("mlp", 4, ["layers.0"], "a network of which blocks put out maps"),
        ("cifar_resnet20", 5, ["blocks.2"], "points need two outputs each, got 5"),
        ("cifar_resnet20", 4, ["blocks.99"], "no such blocks"),
    ],
)
def test_what_it_cannot_read(network, count, blocks, message):
    model = create(network, num_classes=count, image_size=16).model
    if network == "mlp":
        blocks = [n for n, m in model.named_modules() if type(m) is torch.nn.Linear][:1]
    with pytest.raises(ModelError, match=message):
        read_soft_argmax(model, torch.rand(2, 3, 16, 16), blocks=blocks)
