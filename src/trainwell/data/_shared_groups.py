"""Groups that lie in several splits, where the source itself says the splits.

Source: none; a count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_LISTED = 100


@dataclass(frozen=True)
class SharedGroups:
    """The groups, such as people, of which several splits have images.

    Attributes:
        count: How many they are.
        of: How many groups there are.
        images: Images of a later split whose group an earlier one has, too.
        first: Names of the first of them, and their splits.
    """

    count: int
    of: int
    images: int
    first: tuple[tuple[str, tuple[str, ...]], ...]


def shared_groups(groups: Mapping[str, Sequence[str]]) -> SharedGroups | None:
    """Return the groups that several splits have; None where no groups are known.

    Args:
        groups: By split, the group of every image; an empty name is no group.

    Example:
        >>> found = shared_groups({"train": ["ann", "bob"], "test": ["bob", "bob"]})
        >>> found.count, found.images, found.first
        (1, 2, (('bob', ('train', 'test')),))
    """
    places: dict[str, list[str]] = {}
    images = 0
    for split, names in groups.items():
        images += sum(name in places for name in names)
        for name in dict.fromkeys(names):
            if name:
                places.setdefault(name, []).append(split)
    if not places:
        return None
    shared = [(n, tuple(splits)) for n, splits in places.items() if len(splits) > 1]
    return SharedGroups(len(shared), len(places), images, tuple(shared[:_LISTED]))
