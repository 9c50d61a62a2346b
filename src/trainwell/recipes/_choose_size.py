"""Choose the size at which a network with published weights sees images.

The largest at which all of them pass through it in a share of the time; numbers are in
`records/`.
"""

from trainwell.recipes._choose_network import SMALL, used_cores
from trainwell.recipes._data_stats import DataStats
from trainwell.recipes._duration import seconds
from trainwell.recipes._recipe import Recipe

_SIZES = (288, 256, 224, 192, 160, 128, 96)  # pixels
_UNLIMITED = 224  # without a time limit
SMALLEST = 96
_OF_SMALL = 128  # for images of up to `SMALL` pixels that show one thing
_ENLARGED = 4  # times its own size, at most, where parts of an image are read
_PER_CORE = 40  # images of 224 px per second, where that was not timed
_FORWARD = 0.9  # share of a time limit for what passes through it without training,
_OTHER = 6.0  # once these seconds are over: to import, decode, solve, and report
_LEAST = 0.4  # share of a short limit


def image_size(recipe: Recipe, stats: DataStats) -> int:
    """Return the largest size at which all images pass in a share of the time.

    Example:
        >>> facts = dict.fromkeys(DataStats.__dataclass_fields__, 3) | {
        ...     "median_height": 32, "median_width": 32, "task": "classification"}
        >>> image_size(Recipe(), DataStats(**facts))
        128
    """
    longest = max(stats.median_height, stats.median_width)
    largest = float(_SIZES[0] if longest > SMALL else _OF_SMALL)
    if stats.task_kind.depths == "parts":  # each is to be as large as an image
        largest = _ENLARGED * longest
    if stats.task_kind.located:  # enlarged pixels place nothing
        largest = min(largest, longest)
    sizes = [s for s in _SIZES if s <= max(largest, SMALLEST)]
    if stats.accelerator or recipe.train.time is None:
        return min(sizes[0], _UNLIMITED)
    fitting = (size for size in sizes if passes(recipe, stats, size))
    return next(fitting, sizes[-1])


def passes(recipe: Recipe, stats: DataStats, size: int) -> bool:
    """Tell whether all images pass through the network in a share of the time.

    Example:
        >>> facts = dict.fromkeys(DataStats.__dataclass_fields__, 40) | {
        ...     "num_train": 9_000, "rate": None, "cores": 2}
        >>> recipe = Recipe.model_validate({"train": {"time": "1m", "threads": 2}})
        >>> [passes(recipe, DataStats(**facts), size) for size in (96, 224)]
        [True, False]
    """
    limit = seconds(recipe.train.time or "")
    allowed = max(_FORWARD * limit - _OTHER, _LEAST * limit)
    images = stats.num_train + stats.num_evaluated
    rate = stats.rate or _PER_CORE * used_cores(recipe, stats)
    return images * (size / 224) ** 2 / rate <= allowed
