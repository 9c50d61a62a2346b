"""What a verdict says of single classes: those never answered, and the largest one.

Where one class has most of the images, always answering it is right most of the time:
its fraction, not 1 / classes, is the accuracy to beat.

Source: none; the limits are ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trainwell.core.plural import plural

_FEWEST = 3  # images of a class below which its recall says little
_SHOWN = 3
_GOOD = ("fits well", "still rising", "underfitting", "too short")

Reading = tuple[str, str]
"""Kind and text of a verdict."""


@dataclass(frozen=True)
class ClassScore:
    """What a model answers for the images of one class.

    Attributes:
        name: The class.
        right: Images that are answered right.
        count: Images of the class.

    Example:
        >>> ClassScore("sick", right=0, count=6).missed
        True
    """

    name: str
    right: int
    count: int

    @property
    def missed(self) -> bool:
        """Whether it is never answered right, with enough images to say so."""
        return self.right == 0 and self.count >= _FEWEST


def largest_class(classes: Sequence[ClassScore]) -> str:
    """Return the accuracy of always answering the largest class, in words.

    It is empty where the classes are of about the same size.

    Example:
        >>> largest_class([ClassScore("a", 9, 9), ClassScore("b", 0, 1)])
        '; always answering a would give 0.900'
    """
    total = sum(one.count for one in classes)
    if not total:
        return ""
    largest = max(classes, key=lambda one: one.count)
    fraction = largest.count / total
    if fraction < 1.5 / len(classes):
        return ""
    return f"; always answering {largest.name} would give {fraction:.3f}"


def accuracy_of(classes: Sequence[ClassScore]) -> float:
    """Return the fraction of all images that is answered right.

    Example:
        >>> accuracy_of([ClassScore("a", 9, 9), ClassScore("b", 0, 1)])
        0.9
    """
    return sum(one.right for one in classes) / sum(one.count for one in classes)


def below_largest(classes: Sequence[ClassScore], *, weighted: bool = False) -> str:
    """Return that always answering the largest class is better, in words, if it is.

    Args:
        classes: What the model answers for every class.
        weighted: Whether the loss weighs classes, which trades accuracy for balance.

    Example:
        >>> below_largest([ClassScore("a", 2, 9), ClassScore("b", 1, 1)])
        ' Always answering a would be right more often, 0.900 of the time.'
    """
    if not largest_class(classes):
        return ""
    largest = max(classes, key=lambda one: one.count)
    fraction = largest.count / sum(one.count for one in classes)
    if accuracy_of(classes) >= fraction:
        return ""
    remedy = "; loss.class_weights=none is better for accuracy" if weighted else ""
    return (
        f" Always answering {largest.name} would be right more often, {fraction:.3f} "
        f"of the time{remedy}."
    )


def by_chance(classes: Sequence[ClassScore]) -> float:
    """Return the gap between two accuracies on so many images that chance can make.

    Two standard errors of the difference of two fractions near one half; 0 where the
    number of images is not known.

    Example:
        >>> by_chance([ClassScore("a", 20, 25), ClassScore("b", 20, 25)])
        0.2
    """
    count = sum(one.count for one in classes)
    return float((2 / count) ** 0.5) if count else 0.0


def with_missed_classes(
    reading: Reading, classes: Sequence[ClassScore], *, weighted: bool = False
) -> Reading:
    """Return the verdict, with the classes that the model never answers right.

    Args:
        reading: The verdict without them.
        classes: What the model answers for every class.
        weighted: Whether the loss weighs classes equally already.

    Example:
        >>> scores = [ClassScore("a", 9, 9), ClassScore("b", 0, 6)]
        >>> with_missed_classes(("fits well", "It fits well."), scores)[0]
        'class missed'
    """
    missed = [one for one in classes if one.missed]
    if not missed:
        return reading
    kind, text = reading
    shown = ", ".join(f"{one.name} (0 of {one.count} right)" for one in missed[:_SHOWN])
    more = f" and {len(missed) - _SHOWN} more" if len(missed) > _SHOWN else ""
    recalls = [one.right / one.count for one in classes if one.count]
    said = (
        f"{plural(len(missed), 'A class is', f'{len(missed)} classes are')} never "
        f"answered right: {shown}{more}; the balanced accuracy is "
        f"{sum(recalls) / len(recalls):.3f}."
    )
    if kind not in _GOOD:
        return kind, f"{text} {said}"
    weights = "" if weighted else ", or loss.class_weights=balanced,"
    remedy = f"Look at their images and labels; more of them{weights} would help."
    return "class missed", f"{said} {remedy} Otherwise: {text}"
