"""The modules that fill the pages, imported as MkDocs does."""

import importlib
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def docs_module(monkeypatch):
    """Import one by name."""
    monkeypatch.syspath_prepend(str(DOCS))
    return importlib.import_module
