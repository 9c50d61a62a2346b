"""Label smoothing helps on a small set.

The target of the right class is 0.9 instead of 1, and the rest is spread over the
others: the network need not drive its outputs apart without end, which on few images
it otherwise does. Half of 1,000 images are trained on.
"""

from trainwell.experiments import recipe_claim

VARIANTS = {
    "one-hot targets": ("loss.label_smoothing=0",),
    "smoothed by 0.1": ("loss.label_smoothing=0.1",),
}

CLAIM = recipe_claim(
    title="Label smoothing",
    source="deck 1",
    claim="Label smoothing makes a network better.",
    criterion="It raises the test accuracy on 500 images.",
    variants=VARIANTS,
    common=("model=airbench",),
    num_images=1000,
    epochs=30,
    better="smoothed by 0.1",
    than="one-hot targets",
)
