"""All experiments by name.

Source: the lectures; see each claim.
"""

from trainwell.experiments._types import Experiment

_FLIP_CROP = ("augment.crop=pad_crop", "augment.pixels=4", "augment.flip=true")

EXPERIMENTS: dict[str, Experiment] = {
    "policies": Experiment(
        claim="A learned or random augmentation policy beats flips and crops, and "
        "these beat none.",
        common=("train.epochs=40", "model.name=airbench", "augment.border=reflect"),
        variants={
            "none": ("augment.crop=none", "augment.flip=false"),
            "flip and crop": _FLIP_CROP,
            "autoaugment": (
                *_FLIP_CROP,
                "augment.name=autoaugment",
                "augment.learned_on=cifar10",
            ),
            "randaugment": (*_FLIP_CROP, "augment.name=randaugment"),
            "trivialaugment": (*_FLIP_CROP, "augment.name=trivialaugment"),
            "ctaugment": (*_FLIP_CROP, "augment.name=ctaugment"),
        },
    ),
    "ensembles": Experiment(
        claim="An ensemble of five networks beats one that was trained as long as all "
        "of them; snapshots of one training give part of that gain for free.",
        common=("train.epochs=40", "model.name=airbench"),
        variants={
            "single": (),
            "five seeds": ("ensemble=5", "train.epochs=8"),
            "five snapshots": ("ensemble=snapshots",),
            "moving average": ("train.average=0.99",),
            "swa": ("ensemble=swa", "schedule.final=0.1"),
            "soup": ("ensemble=soup",),
        },
    ),
    "transfer": Experiment(
        claim="Pretrained weights beat random ones; with few images that differ from "
        "their training images, a head on earlier features is best, with many, "
        "fine-tuning of all layers.",
        common=("model.name=mobilenet_v2", "model.pretrained=true", "train.epochs=20"),
        variants={
            "scratch": ("model.pretrained=false",),
            "linear on top": ("transfer.freeze=1",),
            "linear on earlier": ("transfer.cut=0.7", "transfer.freeze=1"),
            "tune a few": ("transfer.freeze=0.7", "transfer.rate=0.1"),
            "tune many": ("transfer.freeze=0", "transfer.rate=0.1"),
        },
        seeded=("data.split_seed",),
    ),
}
