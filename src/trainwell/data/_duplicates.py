"""Find images that are in two splits: exact copies by key, near ones by hash.

    near(a, b):  popcount(hash_a XOR hash_b) <= NEAR

Two words that differ in at most three of 64 bits agree in one of four quarters, so
only pairs that share a quarter are compared.

Source: the pigeonhole index is Manku, Jain & Sarma, "Detecting Near-Duplicates for
Web Crawling", 2007, section 3.
"""

import numpy as np
import numpy.typing as npt

NEAR = 3
MIN_STRUCTURE = 24
_QUARTERS = (0, 16, 32, 48)
_AT_ONCE = 1 << 22

Words = npt.NDArray[np.uint64]
Pairs = npt.NDArray[np.int64]


def same_keys(first: Words, second: Words) -> Pairs:
    """Return one pair (i, j) with first[i] == second[j] for every such j."""
    order = np.argsort(first, kind="stable")
    place = np.searchsorted(first[order], second)
    place = np.minimum(place, max(0, len(first) - 1))
    if not len(first):
        return np.empty((0, 2), np.int64)
    partner = order[place]
    hits = np.flatnonzero(first[partner] == second)
    return np.stack([partner[hits], hits], axis=1)


def near_hashes(first: Words, second: Words) -> Pairs:
    """Return one pair (i, j) within `NEAR` bits for every such j, the nearest i."""
    best = np.full(len(second), NEAR + 1, np.uint8)
    partner = np.full(len(second), -1, np.int64)
    for shift in _QUARTERS:
        quarter_of = _quarter(first, shift)
        order = np.argsort(quarter_of, kind="stable")
        ordered = quarter_of[order]
        wanted = _quarter(second, shift)
        low = np.searchsorted(ordered, wanted, "left")
        counts = np.searchsorted(ordered, wanted, "right") - low
        for rows in _batches(counts):
            j = np.repeat(rows, counts[rows])
            i = order[_ranges(low[rows], counts[rows])]
            distance = np.bitwise_count(first[i] ^ second[j])
            close = np.flatnonzero(distance <= NEAR)
            for k in close[np.argsort(distance[close], kind="stable")].tolist():
                if distance[k] < best[j[k]]:
                    best[j[k]], partner[j[k]] = distance[k], i[k]
    hits = np.flatnonzero(partner >= 0)
    return np.stack([partner[hits], hits], axis=1)


def _quarter(words: Words, shift: int) -> npt.NDArray[np.uint16]:
    return ((words >> np.uint64(shift)) & np.uint64(0xFFFF)).astype(np.uint16)


def _batches(counts: npt.NDArray[np.int64]) -> list[npt.NDArray[np.int64]]:
    """Cut the rows so that each batch compares about `_AT_ONCE` pairs."""
    rows = np.flatnonzero(counts)
    steps = np.cumsum(counts[rows]) // _AT_ONCE
    return np.split(rows, np.flatnonzero(np.diff(steps)) + 1) if len(rows) else []


def _ranges(
    starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Concatenate range(start, start + length) for every row."""
    ends = np.cumsum(lengths)
    inside = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
    return np.asarray(np.repeat(starts, lengths) + inside)
