"""Losses: functions of (outputs, targets) that return one value per sample."""

from trainwell.losses._balanced import balanced_weights as balanced_weights
from trainwell.losses._cross_entropy import cross_entropy as cross_entropy
