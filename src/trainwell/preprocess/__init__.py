"""Preprocessing: fitted on the training split, stored with the model."""

from trainwell.preprocess._channel_standardize import Standardize as Standardize
from trainwell.preprocess._channel_standardize import (
    fit_channel_standardize as fit_channel_standardize,
)
from trainwell.preprocess._patch_whiten import (
    fit_patch_whitening as fit_patch_whitening,
)
