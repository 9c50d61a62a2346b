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
}
