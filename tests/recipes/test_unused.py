"""Fields that contradict each other, or would change nothing, are refused."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.recipes import read_recipe, refuse_unused

REFUSED = {
    "init=orthogonal model.pretrained=w.pth": "would overwrite the weights",
    "init=lsuv init.bias=0.1": "`init.bias` is not used by init.name=lsuv",
    "activation=relu activation.per_channel=true": "is not used by activation.name=relu",
    "activation=swish activation.per_channel=true": "activation.learned=true",
    "norm=decorrelated_batch_norm norm.method=eigen norm.steps=30": (
        "`norm.steps` is not used by norm.method=eigen. Leave it out."
    ),
    "norm=batch_norm norm.track=false norm.momentum=0.3": "by norm.track=false",
    "noise=drop_connect noise.samples=9": "`noise.samples` is not used by noise.test",
    "augment.crop=none augment.pixels=2": "but by pad_crop",
    "augment.crop=pad_crop augment.min_area=0.3": "but by resized_crop",
    "augment.file=a.yaml augment.name=randaugment": "not both",
    "train.time=5s train.epochs=2": "`train.time` or `train.epochs`, not both",
    "ensemble=swa ensemble.size=3": "`ensemble.size` needs",
    "ensemble=3 ensemble.start=0.5": "`ensemble.start` needs",
    "ensemble=swa train.average=0.9": "`train.average` or ensemble.kind=swa",
    "ensemble=soup train.patience=2": "leave `patience`",
    "ensemble=swa prune=magnitude": "do not go together",
    "ensemble=snapshots schedule=reduce_on_plateau": "a schedule that can restart",
    "transfer.freeze=0.5": "`transfer.freeze` needs `model.pretrained`",
    "model.pretrained=w.pth transfer=auto transfer.cut=0.5": "`transfer.cut`, not both",
    "model.pretrained=w.pth model.head=heatmap transfer.solve=true": (
        "give `model.head=heatmap` or `transfer.solve`, not both."
    ),
    "model.pretrained=w.pth model.head=soft_argmax transfer.depths=cells": (
        "give `model.head=soft_argmax` or `transfer.depths`, not both."
    ),
    "model.pretrained=w.pth transfer=auto transfer.freeze=0.0": (
        "give `transfer=auto` or `transfer.freeze`, not both."
    ),
    "model.pretrained=w.pth transfer.depths=cells transfer.cut=0.5": (
        "give `transfer.depths=cells` or `transfer.cut`, not both."
    ),
    "data.bits=16 augment.operations=gamma": "keeps values that gamma in",
    "data.bits=16 augment.operations=[rotate,hue]": "keeps values that hue in",
    "augment.alpha=0.4": "`augment.alpha` needs `augment.mix`",
}
ALLOWED = [
    "norm=decorrelated_batch_norm norm.steps=30",
    "norm=batch_renorm norm.momentum=0.3",
    "noise=drop_connect noise.test=gaussian noise.samples=9",
    "noise=drop_connect noise.test=mean noise.samples=64",
    "init=kaiming_normal init.bias=0.01",
    "model.pretrained=w.pth model.head=linear transfer.solve=true",
    "model.pretrained=w.pth model.head=heatmap transfer.rate=0.1 transfer.looks=1",
    "activation=prelu activation.per_channel=true",
    "activation=swish activation.learned=true activation.per_channel=true",
    "augment.crop=pad_crop augment.pixels=2",
    "ensemble=swa ensemble.start=0.5",
    "data.bits=16 augment.operations=[rotate,transpose,lens_distortion,erase,cutout]",
    "model.pretrained=w.pth transfer=auto",
]


@pytest.mark.parametrize("text", REFUSED)
def test_it_is_refused_in_one_line(text):
    recipe = read_recipe(None, text.split())
    with pytest.raises(RecipeError) as caught:
        refuse_unused(recipe)
    assert REFUSED[text] in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ALLOWED)
def test_it_is_used(text):
    refuse_unused(read_recipe(None, text.split()))


def test_what_may_still_be_chosen_waits():
    refuse_unused(read_recipe(None, ["augment.alpha=0.4"]), resolved=False)
