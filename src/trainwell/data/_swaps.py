"""Pairs of points that change their names in a mirror: left and right eye, say.

by names    left_eye - right_eye, eye_l - eye_r, leftEye - rightEye, ...
by number   5, 17 (COCO), 68 (iBUG), 98 (WFLW)
given       pairs of indices or of names

Source: Sagonas et al., "300 Faces in-the-Wild Challenge", 2016, figure 1 (68); Lin et
al., "Microsoft COCO", 2014, and the key points of its site (17); Wu et al., "Look at
Boundary", 2018, figure 7 (98).
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from trainwell.core.checks import did_you_mean
from trainwell.core.errors import DataError

Pairs = tuple[tuple[int, int], ...]


def _mirrored(first: int, last: int) -> Pairs:
    """Pair the ends of a row of points, then their neighbours, and so on inwards."""
    return tuple((first + i, last - i) for i in range((last - first + 1) // 2))


def _rows(first: range, second: Iterable[int]) -> Pairs:
    return tuple(zip(first, second, strict=True))


KNOWN_SWAPS: Mapping[int, Pairs] = {
    5: ((0, 1), (3, 4)),
    17: _rows(range(1, 16, 2), range(2, 17, 2)),
    68: (
        *_mirrored(0, 16),
        *_mirrored(17, 26),
        *_mirrored(31, 35),
        *_rows(range(36, 42), (45, 44, 43, 42, 47, 46)),
        *_mirrored(48, 54),
        *_mirrored(55, 59),
        *_mirrored(60, 64),
        *_mirrored(65, 67),
    ),
    98: (
        *_mirrored(0, 32),
        *_rows(range(33, 42), (46, 45, 44, 43, 42, 50, 49, 48, 47)),
        *_mirrored(55, 59),
        *_rows(range(60, 68), (72, 71, 70, 69, 68, 75, 74, 73)),
        *_mirrored(76, 82),
        *_mirrored(83, 87),
        *_mirrored(88, 92),
        *_mirrored(93, 95),
        (96, 97),
    ),
}
"""Pairs of known layouts by their number of points; 5 are both eyes, the nose and both
corners of the mouth."""

_SIDES = {"left": "right", "right": "left", "l": "r", "r": "l"}
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
_GLUED = re.compile("(left|right)(.+)")


def point_swaps(
    names: Sequence[str],
    pairs: Iterable[tuple[int | str, int | str]] | None = None,
) -> Pairs:
    """Return the pairs of points that change their names in a mirror.

    Args:
        names: Names of the points in their order; numbers, "0", "1" and so on, where
            they have none.
        pairs: Indices or names that the user gives; otherwise sides in the names
            decide, and without these a known layout of this many points.

    Returns:
        Pairs of indices, the lower first, in order; none where nothing is known: such
        images must not be mirrored.

    Raises:
        DataError: A pair names no two points or one twice, or a side has no other.

    Example:
        >>> point_swaps(["left_eye", "right_eye", "nose"])
        ((0, 1),)
        >>> len(point_swaps([str(i) for i in range(68)]))
        29
        >>> point_swaps(["nose", "a", "b"], [("a", "b")])
        ((1, 2),)
    """
    if pairs is not None:
        return _given(names, list(pairs))
    return _by_names(names) or tuple(sorted(KNOWN_SWAPS.get(len(names), ())))


def _given(names: Sequence[str], pairs: Sequence[tuple[int | str, int | str]]) -> Pairs:
    found = []
    used: set[int] = set()
    for pair in pairs:
        if len(pair) != 2:
            raise DataError(f"{pair!r} is no pair of points; give two of each.")
        low, high = sorted(_index(names, point) for point in pair)
        twice = low if low in used or low == high else high if high in used else None
        if twice is not None:
            raise DataError(
                f"the point {names[twice]!r} is in two places of the pairs of points "
                "that are swapped; name it once."
            )
        used |= {low, high}
        found.append((low, high))
    return tuple(sorted(found))


def _index(names: Sequence[str], point: int | str) -> int:
    """Return the index of a point that is named, or counted from 0."""
    if point in names:
        return list(names).index(str(point))
    text = str(point)
    if text.isascii() and text.isdecimal() and len(text) < 9 and int(text) < len(names):
        return int(text)
    hint = did_you_mean(text, names)
    raise DataError(
        f"no point {point!r:.40} for a pair that is swapped; there are {len(names)}, "
        f"from {names[0]!r} to {names[-1]!r}.{hint}"
        if names
        else f"no point {point!r:.40} for a pair that is swapped: there are none."
    )


def _by_names(names: Sequence[str]) -> Pairs:
    keys = [_key(name) for name in names]
    places = {key: i for i, key in enumerate(keys)}
    found = set()
    for i, key in enumerate(keys):
        other = tuple(_SIDES.get(word, word) for word in key)
        if other == key:
            continue
        partner = places.get(other)
        if partner is not None:
            found.add((min(i, partner), max(i, partner)))
        elif not _single_letters(key):
            raise DataError(
                f"the point {names[i]!r} has no counterpart on the other side; name it "
                "so, or give the pairs of points that are swapped."
            )
    named = [index for pair in found for index in pair]
    twice = next((i for i in named if named.count(i) > 1), None)
    if twice is not None:
        raise DataError(
            f"several points are the other side of {names[twice]!r}; rename one, or "
            "give the pairs of points that are swapped."
        )
    return tuple(sorted(found))


def _key(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, a side in front apart."""
    words: list[str] = []
    for word in _WORDS.findall(name):
        glued = _GLUED.fullmatch(word.lower())
        words += glued.groups() if glued else [word.lower()]
    return tuple(words)


def _single_letters(key: tuple[str, ...]) -> bool:
    """Tell whether only letters such as `l` and `r` speak of a side."""
    return not {"left", "right"} & set(key)
