"""Preprocessing: fitted on the training split, stored with the model.

Functions named `fit_...` return statistics of channels; the others return a stage, a
frozen module to be put in front of the network and fitted once.
"""

from trainwell.preprocess._channel_mean import fit_channel_mean as fit_channel_mean
from trainwell.preprocess._channel_standardize import Standardize as Standardize
from trainwell.preprocess._channel_standardize import (
    fit_channel_standardize as fit_channel_standardize,
)
from trainwell.preprocess._feature_standardize import (
    FeatureStandardize as FeatureStandardize,
)
from trainwell.preprocess._feature_standardize import (
    feature_standardize as feature_standardize,
)
from trainwell.preprocess._mean_image import MeanImage as MeanImage
from trainwell.preprocess._mean_image import mean_image as mean_image
from trainwell.preprocess._patch_whiten import PatchWhiten as PatchWhiten
from trainwell.preprocess._patch_whiten import (
    fit_patch_whitening as fit_patch_whitening,
)
from trainwell.preprocess._patch_whiten import patch_whiten as patch_whiten
from trainwell.preprocess._pca_decorrelate import PCADecorrelate as PCADecorrelate
from trainwell.preprocess._pca_decorrelate import pca_decorrelate as pca_decorrelate
from trainwell.preprocess._pca_whiten import PCAWhiten as PCAWhiten
from trainwell.preprocess._pca_whiten import pca_whiten as pca_whiten
from trainwell.preprocess._principal import principal_components as principal_components
from trainwell.preprocess._types import Stage as Stage
from trainwell.preprocess._zca_whiten import ZCAWhiten as ZCAWhiten
from trainwell.preprocess._zca_whiten import zca_whiten as zca_whiten
