"""Losses: a function of (outputs, targets) and a Module for each, as in torch.

`focal_loss(outputs, targets, gamma=2.0)` and `FocalLoss(gamma=2.0)(outputs, targets)`
are the same. Both return the mean over the batch unless `reduction` says otherwise.
"""

from trainwell.losses import penalties as penalties
from trainwell.losses._adaptive_wing import AdaptiveWingLoss as AdaptiveWingLoss
from trainwell.losses._adaptive_wing import adaptive_wing_loss as adaptive_wing_loss
from trainwell.losses._arcface import ArcFaceLoss as ArcFaceLoss
from trainwell.losses._arcface import arcface_loss as arcface_loss
from trainwell.losses._asymmetric import AsymmetricLoss as AsymmetricLoss
from trainwell.losses._asymmetric import asymmetric_loss as asymmetric_loss
from trainwell.losses._balanced import balanced_weights as balanced_weights
from trainwell.losses._binary_cross_entropy import (
    BinaryCrossEntropyLoss as BinaryCrossEntropyLoss,
)
from trainwell.losses._binary_cross_entropy import (
    binary_cross_entropy as binary_cross_entropy,
)
from trainwell.losses._binary_focal import BinaryFocalLoss as BinaryFocalLoss
from trainwell.losses._binary_focal import binary_focal_loss as binary_focal_loss
from trainwell.losses._cosine_similarities import (
    cosine_similarities as cosine_similarities,
)
from trainwell.losses._cross_entropy import CrossEntropyLoss as CrossEntropyLoss
from trainwell.losses._cross_entropy import cross_entropy as cross_entropy
from trainwell.losses._distillation import distillation_loss as distillation_loss
from trainwell.losses._distillation import soft_target_loss as soft_target_loss
from trainwell.losses._focal import FocalLoss as FocalLoss
from trainwell.losses._focal import focal_loss as focal_loss
from trainwell.losses._gaussian_targets import gaussian_targets as gaussian_targets
from trainwell.losses._hinge import HingeLoss as HingeLoss
from trainwell.losses._hinge import hinge_loss as hinge_loss
from trainwell.losses._kl_div import KLDivWithLogitsLoss as KLDivWithLogitsLoss
from trainwell.losses._kl_div import kl_div_with_logits as kl_div_with_logits
from trainwell.losses._l1 import L1Loss as L1Loss
from trainwell.losses._l1 import l1_loss as l1_loss
from trainwell.losses._label_distribution import (
    LabelDistributionLoss as LabelDistributionLoss,
)
from trainwell.losses._label_distribution import (
    label_distribution_loss as label_distribution_loss,
)
from trainwell.losses._mse import MSELoss as MSELoss
from trainwell.losses._mse import mse_loss as mse_loss
from trainwell.losses._quantile import QuantileLoss as QuantileLoss
from trainwell.losses._quantile import quantile_loss as quantile_loss
from trainwell.losses._smooth_l1 import SmoothL1Loss as SmoothL1Loss
from trainwell.losses._smooth_l1 import smooth_l1_loss as smooth_l1_loss
from trainwell.losses._wing import WingLoss as WingLoss
from trainwell.losses._wing import wing_loss as wing_loss
