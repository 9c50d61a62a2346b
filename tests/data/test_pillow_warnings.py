import warnings

import pytest

from trainwell.data._pillow_warnings import ignore_pillow_warnings


def test_the_filter_does_not_pile_up():
    ignore_pillow_warnings()
    before = list(warnings.filters)
    for _ in range(3):
        ignore_pillow_warnings()
    assert list(warnings.filters) == before


def test_it_comes_back_in_front():
    ignore_pillow_warnings()
    warnings.simplefilter("error")
    ignore_pillow_warnings()
    _warn_as("PIL.PngImagePlugin")


def test_only_pillow_is_silenced():
    ignore_pillow_warnings()
    with pytest.raises(UserWarning, match="from here"):
        _warn_as("PILlow")


def _warn_as(module: str) -> None:
    code = "import warnings; warnings.warn('from here')"
    exec(code, {"__name__": module})
