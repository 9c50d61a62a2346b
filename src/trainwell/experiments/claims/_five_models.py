"""Five models together are better than one.

Networks from different starts err on different images; the mean of their
probabilities is right more often than any of them. The deck promises about two
percent. Each of the five is trained as long as the single one.
"""

from trainwell.experiments import recipe_claim

VARIANTS = {
    "one model": (),
    "five models": ("ensemble=5",),
}

CLAIM = recipe_claim(
    title="Five models",
    source="decks 3, 4",
    claim="An ensemble of five models is about 2 % better than one.",
    criterion="The test accuracy of five is higher by more than one percent.",
    variants=VARIANTS,
    common=("model=airbench",),
    num_images=2000,
    epochs=15,
    better="five models",
    than="one model",
    by=0.01,
)
