"""Schedules: pure functions from progress in [0, 1] to a factor on the rate."""

from trainwell.schedules._constant import constant as constant
from trainwell.schedules._cosine import cosine as cosine
from trainwell.schedules._cosine_restarts import cosine_restarts as cosine_restarts
from trainwell.schedules._cyclic import cyclic as cyclic
from trainwell.schedules._exponential import exponential as exponential
from trainwell.schedules._halving import halving as halving
from trainwell.schedules._inverse import inverse as inverse
from trainwell.schedules._inverse_sqrt import inverse_sqrt as inverse_sqrt
from trainwell.schedules._join import join as join
from trainwell.schedules._linear import linear as linear
from trainwell.schedules._one_cycle import one_cycle as one_cycle
from trainwell.schedules._reduce_on_plateau import (
    reduce_on_plateau as reduce_on_plateau,
)
from trainwell.schedules._restarts import restarts as restarts
from trainwell.schedules._scale_rate import scale_rate as scale_rate
from trainwell.schedules._step import step as step
from trainwell.schedules._triangle import triangle as triangle
from trainwell.schedules._types import Schedule as Schedule
from trainwell.schedules._warmup import warmup as warmup
from trainwell.schedules._warmup import warmup_factor as warmup_factor
