"""The seven steps of choosing hyper-parameters, on real data."""

from trainwell.runs.tuning._tune import tune as tune
from trainwell.runs.tuning._types import StepFindings as StepFindings
from trainwell.runs.tuning._types import TuneOptions as TuneOptions
from trainwell.runs.tuning._types import TuneResult as TuneResult
