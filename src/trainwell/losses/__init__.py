"""Losses: functions of (outputs, targets) that return one value per sample."""

from trainwell.losses._arcface import arcface as arcface
from trainwell.losses._balanced import balanced_weights as balanced_weights
from trainwell.losses._cosine_similarities import (
    cosine_similarities as cosine_similarities,
)
from trainwell.losses._cross_entropy import cross_entropy as cross_entropy
from trainwell.losses._focal import focal as focal
from trainwell.losses._gaussian_targets import gaussian_targets as gaussian_targets
from trainwell.losses._hinge import hinge as hinge
from trainwell.losses._kl_divergence import kl_divergence as kl_divergence
from trainwell.losses._l1 import l1 as l1
from trainwell.losses._l2 import l2 as l2
from trainwell.losses._label_distribution import (
    label_distribution as label_distribution,
)
from trainwell.losses._smooth_l1 import smooth_l1 as smooth_l1
from trainwell.losses._wing import wing as wing
