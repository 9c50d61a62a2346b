"""Augmentation: images per second, ours beside what people use today.

make bench-augment

Every candidate turns the same decoded (or JPEG) images into normalised float batches of
the same shape. Candidates run in turn, a slice of time each, several rounds, in one
process; the median round counts. With one thread the process is bound to one core; with
two, libraries that work sample by sample get a DataLoader of two workers, the others
two threads. Outputs are checked before anything is timed.
"""
