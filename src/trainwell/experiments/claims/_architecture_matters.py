"""The architecture matters.

On the same images, in the same epochs, networks differ by far more than by the
fine-tuning of their rates: a linear classifier and a fully connected network do not
know that neighbouring pixels belong together; convolutions do, and residual ones learn
more quickly.
"""

from trainwell.experiments import recipe_claim

VARIANTS = {
    "softmax": ("model=softmax",),
    "mlp": ("model=mlp",),
    "lenet": ("model=lenet",),
    "resnet20": ("model=cifar_resnet20", "train.batch_size=50"),
    "airbench": ("model=airbench",),
}

CLAIM = recipe_claim(
    title="The architecture matters",
    source="deck 2",
    claim="The architecture matters.",
    criterion="Airbench beats a fully connected network by more than five percent.",
    variants=VARIANTS,
    common=("augment.flip=true",),
    num_images=2000,
    epochs=15,
    better="airbench",
    than="mlp",
    by=0.05,
    seeds=3,
)
