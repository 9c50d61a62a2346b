"""A claim that compares recipes: the same images, trained in several ways."""

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from trainwell.experiments._claim import Claim, Measured, Verdict
from trainwell.experiments._draw import column, differences, draw_points
from trainwell.experiments._judge import above, spread
from trainwell.experiments._train_briefly import train_briefly

QUICK = ("digits", 200, 1)
"""Set, images and epochs of the small form."""


def recipe_claim(  # noqa: PLR0913
    *,
    title: str,
    source: str,
    claim: str,
    criterion: str,
    variants: Mapping[str, Sequence[str]],
    common: Sequence[str],
    num_images: int,
    epochs: int,
    better: str,
    than: str,
    by: float = 0.0,
    data: str = "cifar10",
    seeds: int = 5,
) -> Claim:
    """Return the claim that one recipe has a higher test accuracy than another.

    Args:
        title: A few words.
        source: Where it is said.
        claim: What is said.
        criterion: When it holds; what `better`, `than` and `by` say, in a sentence.
        variants: Recipe keys of each training by its name.
        common: Recipe keys of all.
        num_images: Images, of which half are trained on.
        epochs: Length of each training.
        better: Name of the variant that is said to be better.
        than: Name of the one that it is compared with.
        by: Difference of the accuracies that must be exceeded.
        data: The set.
        seeds: Number of repetitions.

    Example:
        >>> flips = recipe_claim(
        ...     title="Flips", source="deck 0", claim="Flips help.", criterion="So.",
        ...     variants={"none": (), "flips": ("augment.flip=true",)}, common=(),
        ...     num_images=100, epochs=1, better="flips", than="none")
        >>> runs = [{"none": 0.5, "flips": 0.6}, {"none": 0.51, "flips": 0.62}]
        >>> flips.judge(runs).word
        'held'
    """

    def measure(seed: int, *, quick: bool) -> Measured:
        name, count, length = QUICK if quick else (data, num_images, epochs)
        keys = (*common, f"train.epochs={length}")
        return {
            variant: train_briefly(name, count, *keys, *own, seed=seed)["test_accuracy"]
            for variant, own in variants.items()
        }

    def judge(runs: Sequence[Measured]) -> Verdict:
        gain = differences(runs, better, than)
        found = ", ".join(f"{n} {spread(column(runs, n), '.3f')}" for n in variants)
        return Verdict(
            above(gain, by),
            f"Test accuracy: {found}; {better} against {than} {spread(gain, '+.3f')}.",
        )

    def draw(figure: Figure, runs: Sequence[Measured]) -> None:
        draw_points(figure, runs, list(variants), xlabel="test accuracy")

    return Claim(title, source, claim, criterion, measure, judge, draw, seeds)
