"""The seven steps of choosing hyper-parameters, on real data."""

from trainwell.runs.tuning._tune import tune as tune
from trainwell.runs.tuning._types import Story as Story
from trainwell.runs.tuning._types import Tuned as Tuned
from trainwell.runs.tuning._types import Tuning as Tuning
