"""The engine's definition: slow, one image at a time, written to be read."""

from trainwell.augment.reference._show import show as show
