"""Augmentation policies: none, flips, AutoAugment, RandAugment and others.

Deck 0 shows wide residual networks on all of CIFAR-10, where learned and random
policies gain about one percent over flips and crops. Here 1,000 images and a small
network: the direction can be seen, the size of the gain cannot be compared.
"""

from trainwell.experiments import recipe_claim

VARIANTS = {
    "none": ("augment.crop=none", "augment.flip=false"),
    "flips and crops": (),
    "autoaugment": ("augment.name=autoaugment", "augment.learned_on=cifar10"),
    "randaugment": ("augment.name=randaugment",),
    "trivialaugment": ("augment.name=trivialaugment",),
    "ctaugment": ("augment.name=ctaugment",),
}

CLAIM = recipe_claim(
    title="Augmentation policies",
    source="deck 0",
    claim="RandAugment and AutoAugment beat flips and crops.",
    criterion="RandAugment raises the test accuracy above that of flips and crops.",
    variants=VARIANTS,
    common=("augment.crop=pad_crop", "augment.flip=true", "model=airbench"),
    num_images=2000,
    epochs=40,
    better="randaugment",
    than="flips and crops",
    seeds=3,
)
