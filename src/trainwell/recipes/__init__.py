"""Recipes: what a run was asked to do, completed from data and device."""

from trainwell.recipes._builders import builders as builders
from trainwell.recipes._builders import section_names as section_names
from trainwell.recipes._choose import choose as choose
from trainwell.recipes._components import make_hooks as make_hooks
from trainwell.recipes._components import make_loss as make_loss
from trainwell.recipes._components import make_optimizer as make_optimizer
from trainwell.recipes._components import make_penalty as make_penalty
from trainwell.recipes._components import make_plateau as make_plateau
from trainwell.recipes._components import make_policy as make_policy
from trainwell.recipes._components import make_schedule as make_schedule
from trainwell.recipes._components import refuse_unused as refuse_unused
from trainwell.recipes._duration import seconds as seconds
from trainwell.recipes._facts import Facts as Facts
from trainwell.recipes._keys import keys as keys
from trainwell.recipes._network import fit_statistics as fit_statistics
from trainwell.recipes._network import initialise as initialise
from trainwell.recipes._network import make_edits as make_edits
from trainwell.recipes._presets import PRESETS as PRESETS
from trainwell.recipes._read import read_recipe as read_recipe
from trainwell.recipes._read import recipe_from as recipe_from
from trainwell.recipes._read import write_recipe as write_recipe
from trainwell.recipes._recipe import Recipe as Recipe
from trainwell.recipes._techniques import Technique as Technique
from trainwell.recipes._techniques import techniques as techniques
from trainwell.recipes._techniques import value_of as value_of
from trainwell.recipes._vocabulary import parameters as parameters
