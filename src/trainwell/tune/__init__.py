"""Searches over functions that are passed in: no files, nothing printed."""

from trainwell.tune._density_matching import FastAutoAugment as FastAutoAugment
from trainwell.tune._density_matching import Trial as Trial
from trainwell.tune._density_matching import match_density as match_density
from trainwell.tune._density_matching import merge as merge
from trainwell.tune._density_matching import random_sub_policies as random_sub_policies
from trainwell.tune._folds import stratified_folds as stratified_folds
from trainwell.tune._population import Evolution as Evolution
from trainwell.tune._population import Member as Member
from trainwell.tune._population import Turn as Turn
from trainwell.tune._population import begin as begin
from trainwell.tune._population import evolve as evolve
from trainwell.tune._population import lineage as lineage
from trainwell.tune._population import plain as plain
from trainwell.tune._population import restore as restore
from trainwell.tune._population import select as select
from trainwell.tune._population_augment import PopulationAugment as PopulationAugment
from trainwell.tune._population_augment import Tenths as Tenths
from trainwell.tune._population_augment import explore_policy as explore_policy
from trainwell.tune._population_augment import initial_policy as initial_policy
from trainwell.tune._population_augment import schedule_of as schedule_of
from trainwell.tune._untrained import untrained_policy as untrained_policy
