"""Cutout makes a network for small images better.

A square of the image is replaced by grey, so that no single part may decide. The deck
says that it works for small images, and less often for large ones; here are images of
32 px, few of them. Large photographs are not measured: no free set is carried along.
"""

from trainwell.experiments import recipe_claim

VARIANTS = {
    "flips and crops": (),
    "with cutout": ("augment.cutout=0.5",),
}

CLAIM = recipe_claim(
    title="Cutout on small images",
    source="deck 3",
    claim="Cutout works for small images.",
    criterion="It raises the test accuracy on 1,000 images of 32 px.",
    variants=VARIANTS,
    common=("augment.crop=pad_crop", "augment.flip=true", "model=airbench"),
    num_images=2000,
    epochs=40,
    better="with cutout",
    than="flips and crops",
)
