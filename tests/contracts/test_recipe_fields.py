"""Every field of a recipe changes something measurable in every command, or is refused.

There is no list of exceptions: the table below holds a value for every field of every
section, and each command is run with and without it on small real files.
`python -m tests.contracts.test_recipe_fields` prints the table of sections x commands.
"""

import hashlib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from sklearn.datasets import load_digits

from trainwell import models
from trainwell.core.errors import RecipeError, TrainwellError
from trainwell.recipes import Recipe, Scope, read_recipe
from trainwell.recipes._sections import Section
from trainwell.runs import Quiet, RunFolder, train
from trainwell.runs import _train_run as runner
from trainwell.runs._batches import render_settings
from trainwell.runs._clock import Clock
from trainwell.runs._open_session import open_data, open_session
from trainwell.runs._search_session import SearchSession
from trainwell.runs._setup import float32_setup
from trainwell.runs.augment_search import _search as policy_search
from trainwell.runs.augment_search._population import _Trainer
from trainwell.runs.augment_search._setups import loss_under, network_setup
from trainwell.runs.augment_search._timing import TimingEstimate
from trainwell.runs.augment_search._types import PolicySearch
from trainwell.runs.checks import _data as check_data
from trainwell.runs.checks import _init_subject as check_init
from trainwell.runs.checks import _transfer as check_transfer
from trainwell.runs.preview import _samples as preview
from trainwell.runs.tuning import _open as tuning
from trainwell.runs.tuning._population import _Population
from trainwell.runs.tuning._trainee import NetworkTrainee
from trainwell.runs.tuning._trial import train_trial
from trainwell.runs.tuning._winner import winner_recipe
from trainwell.training import StopOnSignal, chosen_backend
from trainwell.tuning import (
    FastAutoAugment,
    Member,
    PopulationAugment,
    TrialSpec,
    initial_policy,
    random_sub_policies,
)
