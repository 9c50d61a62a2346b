"""Keyed randomness: every random number is a pure function of its purpose.

    bits(seed, epoch, id, operation, k) = mix(mix(... mix(seed) ^ epoch ...) ^ k)

where mix is the finaliser of SplitMix64. A random number therefore depends on the run's
seed, the epoch, the sample's id and the name of the operation alone, never on how
many workers computed it, in which batch, or where a run was resumed.

Source: Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators", 2014,
figure 9 (SplitMix64); counter-based use as in Salmon et al., "Parallel Random
Numbers: As Easy as 1, 2, 3", 2011.
"""

import hashlib

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_M1 = np.uint64(0xBF58476D1CE4E5B9)
_M2 = np.uint64(0x94D049BB133111EB)


def _mix(z: Keys) -> Keys:
    """SplitMix64's output function; a bijection of 64-bit words."""
    z = z + _GOLDEN
    z = (z ^ (z >> np.uint64(30))) * _M1
    z = (z ^ (z >> np.uint64(27))) * _M2
    return z ^ (z >> np.uint64(31))


def name_key(name: str) -> int:
    """Turn an operation's name into 64 bits that no Python hash seed changes.

    Example:
        >>> from trainwell.core import keyed
        >>> keyed.name_key("flip") == keyed.name_key("flip")
        True
    """
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest())


def bits(seed: int, epoch: int, ids: Keys, operation: str, count: int = 1) -> Keys:
    """Return `count` random 64-bit words for every id.

    Args:
        seed: The run's seed.
        epoch: The pass over the data.
        ids: One 64-bit key per sample, shape (n,).
        operation: Name of the operation; different names give independent numbers.
        count: Words per sample.

    Returns:
        Array of shape (n, count), dtype uint64.

    Example:
        >>> from trainwell.core import keyed
        >>> ids = np.arange(3, dtype=np.uint64)
        >>> keyed.bits(0, 0, ids, "flip", count=2).shape
        (3, 2)
    """
    words = (seed, epoch, name_key(operation))
    state = np.zeros(1, np.uint64)
    for word in words:
        state = _mix(state ^ np.uint64(word % 2**64))
    per_id = _mix(state ^ np.asarray(ids, np.uint64))
    return _mix(per_id[:, None] ^ _mix(np.arange(count, dtype=np.uint64)))


def uniform(
    seed: int, epoch: int, ids: Keys, operation: str, count: int = 1
) -> npt.NDArray[np.float64]:
    """Return uniform numbers in [0, 1), shape (n, count). See `bits`.

    Example:
        >>> from trainwell.core import keyed
        >>> ids = np.arange(3, dtype=np.uint64)
        >>> keyed.uniform(0, 0, ids, "flip").round(3).tolist()
        [[0.729], [0.104], [0.967]]
    """
    words = bits(seed, epoch, ids, operation, count)
    return (words >> np.uint64(11)).astype(np.float64) * 2.0**-53


def integers(
    seed: int, epoch: int, ids: Keys, operation: str, high: int, count: int = 1
) -> npt.NDArray[np.int64]:
    """Return integers in [0, high), shape (n, count). See `bits`.

    Example:
        >>> from trainwell.core import keyed
        >>> ids = np.arange(3, dtype=np.uint64)
        >>> keyed.integers(0, 0, ids, "flip", high=10).tolist()
        [[7], [1], [9]]
    """
    return (uniform(seed, epoch, ids, operation, count) * high).astype(np.int64)


def order(seed: int, epoch: int, ids: Keys) -> npt.NDArray[np.int64]:
    """Return a permutation of range(n): samples sorted by their keyed random number.

    Equal ids (exact duplicates) keep their given order.

    Example:
        >>> from trainwell.core import keyed
        >>> keyed.order(0, 0, np.arange(5, dtype=np.uint64)).tolist()
        [3, 1, 0, 2, 4]
    """
    return np.argsort(bits(seed, epoch, ids, "order")[:, 0], kind="stable")


def derived_seed(seed: int, number: int, purpose: str) -> int:
    """Return the seed of a numbered part of a run, such as a network of a search.

    Args:
        seed: The run's seed.
        number: Number of the part.
        purpose: Name of the parts; different purposes give independent seeds.

    Example:
        >>> from trainwell.core import keyed
        >>> keyed.derived_seed(0, 1, "network") == keyed.derived_seed(0, 1, "network")
        True
    """
    word = bits(seed, 0, np.array([number], np.uint64), purpose)[0, 0]
    return int(word >> np.uint64(33))
