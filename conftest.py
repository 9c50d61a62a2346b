"""Fixtures for every test."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real images beside the checkout; a test that needs them fails without them."""
    path = Path(__file__).parent.parent / "shared" / "data"
    if not path.is_dir():
        pytest.fail(f"this test needs the shared test data at {path}")
    return path
