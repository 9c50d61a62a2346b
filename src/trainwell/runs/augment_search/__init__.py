"""Searches for an augmentation policy on the user's training images."""

from trainwell.runs.augment_search._files import FoundPolicy as FoundPolicy
from trainwell.runs.augment_search._search import search_augment as search_augment
