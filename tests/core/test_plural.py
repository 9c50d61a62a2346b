"""Only one is singular."""

import pytest

from trainwell.core.plural import plural


@pytest.mark.parametrize(
    ("count", "noun"), [(0, "files"), (1, "file"), (1.0, "file"), (1.5, "files")]
)
def test_only_one_is_singular(count, noun):
    assert plural(count, "file") == noun


def test_an_irregular_plural_is_given():
    assert [plural(n, "copy", "copies") for n in (1, 2)] == ["copy", "copies"]
