"""Views that a name stands for are those that are completed."""

from trainwell.cli._views import _KINDS
from trainwell.infer import named_views


def test_every_kind_is_known():
    assert [named_views(kind).kind for kind in _KINDS] == list(_KINDS)
