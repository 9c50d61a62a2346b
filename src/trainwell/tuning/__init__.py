"""The seven steps and searches, over functions passed in: no files, nothing printed."""

from trainwell.tuning._choose_lr import ChosenLr as ChosenLr
from trainwell.tuning._choose_lr import LrTrial as LrTrial
from trainwell.tuning._choose_lr import choose_lr as choose_lr
from trainwell.tuning._choose_lr import lowers_loss as lowers_loss
from trainwell.tuning._coarse import Coarse as Coarse
from trainwell.tuning._coarse import coarse_points as coarse_points
from trainwell.tuning._coarse import coarse_search as coarse_search
from trainwell.tuning._explore_point import explore_point as explore_point
from trainwell.tuning._fast_autoaugment import FastAutoAugment as FastAutoAugment
from trainwell.tuning._fast_autoaugment import PolicyTrial as PolicyTrial
from trainwell.tuning._fast_autoaugment import match_density as match_density
from trainwell.tuning._fast_autoaugment import merge as merge
from trainwell.tuning._fast_autoaugment import (
    random_sub_policies as random_sub_policies,
)
from trainwell.tuning._folds import stratified_folds as stratified_folds
from trainwell.tuning._gain import Gain as Gain
from trainwell.tuning._gain import measure_gain as measure_gain
from trainwell.tuning._in_optuna import in_optuna as in_optuna
from trainwell.tuning._initial_loss import check_initial_loss as check_initial_loss
from trainwell.tuning._lr_range_test import LrRangeTest as LrRangeTest
from trainwell.tuning._lr_range_test import lr_range_test as lr_range_test
from trainwell.tuning._lr_rules import lr_rules as lr_rules
from trainwell.tuning._overfit import Overfit as Overfit
from trainwell.tuning._overfit import OverfitTrial as OverfitTrial
from trainwell.tuning._overfit import overfit as overfit
from trainwell.tuning._population import Evolution as Evolution
from trainwell.tuning._population import Member as Member
from trainwell.tuning._population import Turn as Turn
from trainwell.tuning._population import evolve as evolve
from trainwell.tuning._population import select as select
from trainwell.tuning._population import start_population as start_population
from trainwell.tuning._population_augment import PopulationAugment as PopulationAugment
from trainwell.tuning._population_augment import Tenths as Tenths
from trainwell.tuning._population_augment import explore_policy as explore_policy
from trainwell.tuning._population_augment import first_policies as first_policies
from trainwell.tuning._population_augment import initial_policy as initial_policy
from trainwell.tuning._population_augment import schedule_of as schedule_of
from trainwell.tuning._population_history import history_as_lists as history_as_lists
from trainwell.tuning._population_history import lineage as lineage
from trainwell.tuning._population_history import (
    restore_population as restore_population,
)
from trainwell.tuning._prune_trial import PRUNERS as PRUNERS
from trainwell.tuning._prune_trial import should_prune as should_prune
from trainwell.tuning._read_curves import Reading as Reading
from trainwell.tuning._read_curves import read_curves as read_curves
from trainwell.tuning._refine import Refined as Refined
from trainwell.tuning._refine import Round as Round
from trainwell.tuning._refine import refine_points as refine_points
from trainwell.tuning._refine import refine_search as refine_search
from trainwell.tuning._space import grid_points as grid_points
from trainwell.tuning._space import narrowed as narrowed
from trainwell.tuning._space import random_point as random_point
from trainwell.tuning._space import sampled as sampled
from trainwell.tuning._stage import SAMPLERS as SAMPLERS
from trainwell.tuning._stage import Stage as Stage
from trainwell.tuning._stepwise_trainer import StepwiseTrainer as StepwiseTrainer
from trainwell.tuning._stepwise_trainer import TrainerFactory as TrainerFactory
from trainwell.tuning._tpe import tpe_point as tpe_point
from trainwell.tuning._trial import FAILED as FAILED
from trainwell.tuning._trial import Propose as Propose
from trainwell.tuning._trial import Trial as Trial
from trainwell.tuning._trial import TrialSpec as TrialSpec
from trainwell.tuning._trial import Work as Work
from trainwell.tuning._trial import best_of as best_of
from trainwell.tuning._untrained import untrained_policy as untrained_policy
from trainwell.tuning._values import Choices as Choices
from trainwell.tuning._values import Conditional as Conditional
from trainwell.tuning._values import Point as Point
from trainwell.tuning._values import Range as Range
from trainwell.tuning._values import Space as Space
from trainwell.tuning._values import Value as Value
from trainwell.tuning._values import Values as Values
from trainwell.tuning._values import values_at as values_at

__all__ = [
    "ChosenLr",
    "Coarse",
    "Evolution",
    "FastAutoAugment",
    "Gain",
    "LrRangeTest",
    "Member",
    "Overfit",
    "PopulationAugment",
    "Range",
    "Reading",
    "Refined",
    "Stage",
    "Trial",
    "TrialSpec",
    "check_initial_loss",
    "choose_lr",
    "coarse_search",
    "evolve",
    "lr_range_test",
    "lr_rules",
    "match_density",
    "measure_gain",
    "overfit",
    "read_curves",
    "refine_search",
    "should_prune",
    "start_population",
    "tpe_point",
]
