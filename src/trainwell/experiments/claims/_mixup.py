"""Mixup helps on a small set.

Two images are blended and so are their targets: between the images of a small set
there is much room that nothing else says anything about. Half of 1,000 images are
trained on; mixing wants longer training, and all get the same.
"""

from trainwell.experiments import recipe_claim

VARIANTS = {
    "plain images": (),
    "mixup": ("augment.mix=mixup", "augment.alpha=0.2"),
    "cutmix": ("augment.mix=cutmix", "augment.alpha=1"),
}

CLAIM = recipe_claim(
    title="Mixup on a small set",
    source="deck 3",
    claim="Mixup is worth trying, on small sets above all.",
    criterion="It raises the test accuracy on 500 images.",
    variants=VARIANTS,
    common=("augment.crop=pad_crop", "augment.flip=true", "model=airbench"),
    num_images=1000,
    epochs=60,
    better="mixup",
    than="plain images",
)
