"""Pruning: which weights to remove, when, and how many are gone."""

from trainwell.prune._apply import apply_masks_ as apply_masks_
from trainwell.prune._brain_damage import damage_saliency as damage_saliency
from trainwell.prune._brain_surgeon import surgeon_saliency as surgeon_saliency
from trainwell.prune._brain_surgeon import surgeon_scores as surgeon_scores
from trainwell.prune._brain_surgeon import surgeon_update as surgeon_update
from trainwell.prune._gradual import gradual_share as gradual_share
from trainwell.prune._lottery import ticket_share as ticket_share
from trainwell.prune._magnitude import magnitude_masks as magnitude_masks
from trainwell.prune._masks import Scope as Scope
from trainwell.prune._masks import score_masks as score_masks
from trainwell.prune._sparsity import Sparsity as Sparsity
from trainwell.prune._sparsity import sparsity as sparsity
