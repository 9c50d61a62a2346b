"""How a run under `train.time` is planned: what follows the last step is kept free."""

from trainwell.recipes import seconds
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.runs.setup._time_left import FEWEST
from trainwell.runs.training._evaluation import num_evaluated
from trainwell.runs.training._inside_room import reserved
from trainwell.training import TimeLimit

_REPORT, _SHARE = 2.0, 0.2  # seconds to write what is kept; of a short limit, a share
_FORWARD = 1 / 3  # of a step's time, for as many images


def time_limit(setup: TrainingSetup, every: int) -> TimeLimit:
    """Return the hook that ends the training in time.

    Args:
        setup: The network and its batches.
        every: Steps between two evaluations.
    """
    limit = 0.0 if setup.idle else seconds(setup.recipe.train.time or "")
    regularly, finally_ = num_evaluated(setup)
    rate = max(setup.timings.values(), default=0.0)
    fewest = FEWEST * setup.batches.per_epoch if setup.recipe.transfer.solve else 0
    return TimeLimit(
        limit,
        reserve=setup.seconds + min(_REPORT, _SHARE * limit) + reserved(limit),
        every=every,
        evaluation=_FORWARD * regularly / setup.batches.batch_size,
        final=finally_ / regularly,
        pace=setup.batches.batch_size / rate if rate else 0.0,
        fewest=round(fewest),
        first=bool(setup.recipe.transfer.solve) and setup.first is None,
    )
