"""The compiled engine: numbers in, pixels out; no randomness, no operations' names."""

from trainwell.augment.engine._cache_place import keep_where_it_can_be_written

keep_where_it_can_be_written()  # before a kernel is decorated

from trainwell.augment.engine._cached import run as run  # noqa: E402
