"""Transfer: what to keep of a pretrained network, measured and then done."""

from trainwell.transfer._advise import Advice as Advice
from trainwell.transfer._advise import advise as advise
from trainwell.transfer._blocks import Block as Block
from trainwell.transfer._blocks import blocks as blocks
from trainwell.transfer._discriminant import discriminant_head as discriminant_head
from trainwell.transfer._discriminant import discriminant_heads as discriminant_heads
from trainwell.transfer._features import features as features
from trainwell.transfer._freeze import freeze_below as freeze_below
from trainwell.transfer._freeze import num_frozen as num_frozen
from trainwell.transfer._measure import measure_transfer as measure_transfer
from trainwell.transfer._probe import Probe as Probe
from trainwell.transfer._probe import probe as probe
from trainwell.transfer._rates import scale_rates as scale_rates
from trainwell.transfer._ridge import choose_penalty as choose_penalty
from trainwell.transfer._ridge import ridge_head as ridge_head
from trainwell.transfer._ridge import ridge_heads as ridge_heads
from trainwell.transfer._solve import LinearHead as LinearHead
from trainwell.transfer._solve import solve_head as solve_head
from trainwell.transfer._solve import solve_label_head as solve_label_head
from trainwell.transfer._unfreeze import UnfreezeGradually as UnfreezeGradually

__all__ = [
    "Advice",
    "Block",
    "LinearHead",
    "Probe",
    "UnfreezeGradually",
    "advise",
    "blocks",
    "choose_penalty",
    "discriminant_head",
    "discriminant_heads",
    "features",
    "freeze_below",
    "measure_transfer",
    "probe",
    "ridge_head",
    "ridge_heads",
    "scale_rates",
    "solve_head",
    "solve_label_head",
]
