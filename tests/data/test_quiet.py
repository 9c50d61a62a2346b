import warnings

import pytest

from trainwell.data._quiet import quiet_pillow


def test_the_filter_does_not_pile_up():
    quiet_pillow()
    before = list(warnings.filters)
    for _ in range(3):
        quiet_pillow()
    assert list(warnings.filters) == before


def test_it_comes_back_in_front():
    quiet_pillow()
    warnings.simplefilter("error")
    quiet_pillow()
    _warn_as("PIL.PngImagePlugin")


def test_only_pillow_is_silenced():
    quiet_pillow()
    with pytest.raises(UserWarning, match="from here"):
        _warn_as("PILlow")


def _warn_as(module: str) -> None:
    code = "import warnings; warnings.warn('from here')"
    exec(code, {"__name__": module})
