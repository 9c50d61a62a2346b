"""Limits by which data are judged, in one place for the audit, checks and verdicts."""

MAX_LEAKED_FRACTION = 0.01
"""Held-out images that are also training images: from this fraction on, scores are
inflated."""

MAX_REPEATED_FRACTION = 0.05
"""Repetitions within a split: from this fraction on, they deserve a warning."""

MAX_IMBALANCE = 5.0
"""Images of the largest class over those of the smallest: a warning from here on."""

MIN_PER_CLASS = 10
"""Training images of a class: fewer deserve a warning."""

MIN_COMPARED_SIDE = 16
"""Pixels of the shorter side: smaller images all look alike as thumbnails."""
