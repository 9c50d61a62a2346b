"""Recipes: what a run was asked to do, completed from data and device."""

from trainwell.core.techniques import builders as builders
from trainwell.core.techniques import section_names as section_names
from trainwell.recipes._augment import make_mixing as make_mixing
from trainwell.recipes._augment import make_policy as make_policy
from trainwell.recipes._choose import choose as choose
from trainwell.recipes._choose_start import NETWORK as PRETRAINED
from trainwell.recipes._choose_start import favours_weights as favours_weights
from trainwell.recipes._components import make_loss as make_loss
from trainwell.recipes._components import make_optimizer as make_optimizer
from trainwell.recipes._components import make_penalty as make_penalty
from trainwell.recipes._components import make_schedule as make_schedule
from trainwell.recipes._components import warmup_length as warmup_length
from trainwell.recipes._components import warmup_steps as warmup_steps
from trainwell.recipes._data_stats import DataStats as DataStats
from trainwell.recipes._duration import seconds as seconds
from trainwell.recipes._ensemble import num_members as num_members
from trainwell.recipes._evaluation_interval import (
    evaluation_interval as evaluation_interval,
)
from trainwell.recipes._hooks import make_gradient_treatment as make_gradient_treatment
from trainwell.recipes._hooks import make_hooks as make_hooks
from trainwell.recipes._hooks import make_plateau as make_plateau
from trainwell.recipes._hooks import prunable as prunable
from trainwell.recipes._hooks import refuse_bad_plans as refuse_bad_plans
from trainwell.recipes._key_specs import key_specs as key_specs
from trainwell.recipes._keys import keys as keys
from trainwell.recipes._missing import refuse_missing as refuse_missing
from trainwell.recipes._named_code import refuse_named_code as refuse_named_code
from trainwell.recipes._network import fit_statistics as fit_statistics
from trainwell.recipes._network import initialise as initialise
from trainwell.recipes._network import make_modifications as make_modifications
from trainwell.recipes._presets import PRESETS as PRESETS
from trainwell.recipes._read import Override as Override
from trainwell.recipes._read import RecipeLike as RecipeLike
from trainwell.recipes._read import override_texts as override_texts
from trainwell.recipes._read import read_recipe as read_recipe
from trainwell.recipes._read import recipe_from as recipe_from
from trainwell.recipes._read import write_recipe as write_recipe
from trainwell.recipes._read_named import read_named as read_named
from trainwell.recipes._recipe import Recipe as Recipe
from trainwell.recipes._scope import Scope as Scope
from trainwell.recipes._scope import refuse_idle_splits as refuse_idle_splits
from trainwell.recipes._scope import refuse_out_of_scope as refuse_out_of_scope
from trainwell.recipes._scope import specified_keys as specified_keys
from trainwell.recipes._scope import value_at as value_at
from trainwell.recipes._search_space import DEFAULT_KEYS as DEFAULT_KEYS
from trainwell.recipes._search_space import point_of as point_of
from trainwell.recipes._search_space import search_space as search_space
from trainwell.recipes._search_space import searchable as searchable
from trainwell.recipes._search_space import with_point as with_point
from trainwell.recipes._searched import Searched as Searched
from trainwell.recipes._searched_names import FIXED as FIXED
from trainwell.recipes._searched_names import SEARCHED_NAMES as SEARCHED_NAMES
from trainwell.recipes._searched_names import with_names as with_names
from trainwell.recipes._start_lines import random_start_line as random_start_line
from trainwell.recipes._start_lines import start_line as start_line
from trainwell.recipes._task import make_task as make_task
from trainwell.recipes._techniques import Technique as Technique
from trainwell.recipes._techniques import techniques as techniques
from trainwell.recipes._techniques import value_of as value_of
from trainwell.recipes._transfer import advised as advised
from trainwell.recipes._transfer import early_head as early_head
from trainwell.recipes._transfer import has_maps as has_maps
from trainwell.recipes._transfer import has_new_head as has_new_head
from trainwell.recipes._transfer import head_of_maps as head_of_maps
from trainwell.recipes._transfer import head_on_all_depths as head_on_all_depths
from trainwell.recipes._transfer import new_head as new_head
from trainwell.recipes._transfer import scale_backbone_lr as scale_backbone_lr
from trainwell.recipes._unused import refuse_unused as refuse_unused
from trainwell.recipes._vocabulary import FULL_BATCH as FULL_BATCH
from trainwell.recipes._vocabulary import parameters as parameters

__all__ = [
    "DataStats",
    "PRESETS",
    "PRETRAINED",
    "Recipe",
    "RecipeLike",
    "Scope",
    "Technique",
    "choose",
    "favours_weights",
    "keys",
    "read_recipe",
    "recipe_from",
    "search_space",
    "searchable",
    "techniques",
    "write_recipe",
]
