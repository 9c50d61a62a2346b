import math

import pytest

from trainwell.core.errors import MissingDependencyError, ModelError
from trainwell.models._extras import optional


def test_a_module():
    assert optional("math", extra="x") is math


def test_a_missing_one_names_the_extra():
    with pytest.raises(
        MissingDependencyError, match=r"pip install 'trainwell\[timm\]'"
    ):
        optional("no_such_module", extra="timm")


def test_a_broken_one(tmp_path, monkeypatch):
    (tmp_path / "broken_module.py").write_text("raise RuntimeError('no operator')")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelError, match="installed but broken: no operator"):
        optional("broken_module", extra="x")
