"""A network with its batches, ready to train."""
