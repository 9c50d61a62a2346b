"""How a recipe or a command selects a technique."""

import inspect
import shlex
from typing import Any

from trainwell.recipes import Technique, parameters

_EXAMPLES = {
    "loss.name=cross_entropy": "loss=cross_entropy loss.label_smoothing=0.1",
    "init.gain": "init=kaiming_normal init.gain=1.0",
    "activation.name": "activation=elu",
    "norm.name": "norm=group_norm",
    "train.average": "train.average=0.99",
    "train.keep": "train.keep=epochs",
    "prune.name": "prune=magnitude",
    "distill.teacher": "distill=runs/photos-1",
    "penalty.proximal": "penalty=l1 penalty.weight=1e-5 penalty.proximal=true",
    "optimizer.weight_decay": "optimizer.weight_decay=5e-4",
    "noise.passes": "noise=dropout noise.passes=8",
    "train.patience": "train.patience=5",
    "loss.class_weights": "loss.class_weights=balanced",
    "optimizer.lookahead": "optimizer.lookahead=5",
    "schedule.warmup": "schedule.warmup=0.1",
    "augment.crop=pad_crop": "augment.crop=pad_crop augment.pixels=4",
    "augment.crop=resized_crop": "augment.crop=resized_crop augment.min_area=0.35",
    "augment.crop=short_side": "augment.crop=short_side",
    "augment.name=randaugment": "augment=randaugment augment.magnitude=9",
    "augment.name=autoaugment": "augment=autoaugment augment.learned_on=cifar10",
    "augment.file": "augment=policy.yaml",
    "augment.operations": "augment.operations=vertical_flip",
    "augment.cutout": "augment.cutout=0.5",
    "augment.flip": "augment.flip=true",
    "augment.mix": "augment.mix=mixup augment.alpha=0.2",
    "augment.mix=mixup": "augment.mix=mixup augment.alpha=0.2",
    "augment.mix=cutmix": "augment.mix=cutmix augment.alpha=1",
    "optimizer.base_batch_size": "optimizer.base_batch_size=256",
    "ensemble.kind=seeds": "ensemble=5",
    "ensemble.kind=snapshots": "ensemble=snapshots ensemble.size=5",
    "ensemble.kind=swa": "ensemble=swa schedule.final=0.1",
    "ensemble.kind=soup": "ensemble=soup",
    "transfer.cut": "model.pretrained=weights.pth transfer.cut=0.7 transfer.freeze=1",
    "transfer.depths": "model.pretrained=efficientnet_lite0 transfer.depths=all",
    "transfer.solve": "model.pretrained=efficientnet_lite0 transfer.solve=true",
    "transfer.freeze": "model.pretrained=weights.pth transfer.freeze=0.7",
    "transfer.rate": "model.pretrained=weights.pth transfer.rate=0.1",
    "transfer.unfreeze_every": "model.pretrained=weights.pth transfer.unfreeze_every=1",
}
_COMMANDS = {
    "in every export": "trainwell export runs/photos-1",
    "trainwell export --format onnx-int8": "trainwell export runs/photos-1 "
    "--format onnx-int8",
    "trainwell evaluate --views": "trainwell evaluate r photos/ --views ten_crop",
    "trainwell check init": "trainwell check init resnet18",
    "trainwell check transfer": "trainwell check transfer photos/ timm:resnet18",
    "trainwell search augment": "trainwell search augment photos/ --budget 1h",
    "trainwell search augment --method pba": "trainwell search augment photos/ "
    "--method pba",
}


def recipe(row: Technique) -> str:
    """Return the keys that select a technique; empty if no recipe can."""
    section, named, name = row.recipe.partition(".name=")
    if row.recipe in _EXAMPLES:
        return _EXAMPLES[row.recipe]
    if not named:
        return row.recipe if row.recipe.startswith("augment.operations=") else ""
    if section == "model":
        return row.recipe
    entries = [f"{section}={name}"]
    accepted = parameters(section, name).items()
    defaults = {
        key: parameter.default
        for key, parameter in accepted
        if key != "eps" and parameter.default is not None
    }
    entries += [f"{section}.{k}={written(v)}" for k, v in list(defaults.items())[:1]]
    return " ".join(map(shlex.quote, entries))


def command(row: Technique) -> str:
    """Return the command for a technique without a recipe key; empty if none."""
    return _COMMANDS.get(row.recipe, "")


def written(value: Any) -> str:  # noqa: ANN401
    """Return a value as it is written in a recipe."""
    if isinstance(value, tuple):
        return f"[{','.join(map(written, value))}]"
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    if inspect.isfunction(value):
        return "a function" if value.__name__ == "<lambda>" else value.__name__
    return f"{value:.4g}" if isinstance(value, float) else str(value)
