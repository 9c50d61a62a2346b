"""Schedules: pure functions from progress in [0, 1] to a factor on the rate."""

from trainwell.schedules._constant import constant as constant
from trainwell.schedules._cosine import cosine as cosine
from trainwell.schedules._linear import linear as linear
from trainwell.schedules._step import step as step
from trainwell.schedules._triangle import triangle as triangle
from trainwell.schedules._types import Schedule as Schedule
from trainwell.schedules._warmup import warmup as warmup
