"""Preprocessing: fitted on the training split, stored with the model.

Functions named `fit_...` return statistics of channels; the classes are stages, frozen
modules in front of the network that are fitted once.
"""

from trainwell.preprocess._channel_mean import fit_channel_mean as fit_channel_mean
from trainwell.preprocess._channel_standardize import Standardize as Standardize
from trainwell.preprocess._channel_standardize import (
    fit_channel_standardize as fit_channel_standardize,
)
from trainwell.preprocess._feature_standardize import (
    FeatureStandardize as FeatureStandardize,
)
from trainwell.preprocess._mean_image import MeanImage as MeanImage
from trainwell.preprocess._patch_whiten import PatchWhiten as PatchWhiten
from trainwell.preprocess._patch_whiten import (
    fit_patch_whitening as fit_patch_whitening,
)
from trainwell.preprocess._pca_decorrelate import PCADecorrelate as PCADecorrelate
from trainwell.preprocess._pca_whiten import PCAWhiten as PCAWhiten
from trainwell.preprocess._types import Stage as Stage
from trainwell.preprocess._zca_whiten import ZCAWhiten as ZCAWhiten
