"""Snapshots of one training are an ensemble for free.

The rate falls and restarts in cycles; at the end of each the network is kept, and
their mean answers. The other side is one training of the same length with one falling
rate.
"""

from trainwell.experiments import recipe_claim

VARIANTS = {
    "one model": (),
    "five snapshots": ("ensemble=snapshots", "ensemble.size=5"),
}

CLAIM = recipe_claim(
    title="Snapshots",
    source="decks 3, 4",
    claim="Snapshots of one training are better than its last network.",
    criterion="The test accuracy of five snapshots is higher, in the same time.",
    variants=VARIANTS,
    common=("model=airbench",),
    num_images=2000,
    epochs=40,
    better="five snapshots",
    than="one model",
)
