"""Fixtures for every test."""

import os
import tempfile
from pathlib import Path

import pytest
from jaxtyping import install_import_hook

# Shapes and types are checked in the packages whose functions take tensors. Numba
# cannot compile hooked functions, so `augment` and what stands on it stay plain.
_CHECKED = ("init", "layers", "losses", "models", "optim", "preprocess", "schedules")


def pytest_configure(config: pytest.Config) -> None:
    """Check shapes and types, but not where graphs are compiled: it breaks them.

    What is timed in tests, and in processes that they start, is kept beside the user's
    cache.
    """
    folder = tempfile.TemporaryDirectory(prefix="trainwell-tests-")
    config.add_cleanup(folder.cleanup)
    os.environ["TRAINWELL_STEPS"] = str(Path(folder.name) / "steps.json")
    if config.getoption("markexpr") != "compile":
        install_import_hook(
            [f"trainwell.{name}" for name in _CHECKED],
            "beartype.beartype(conf=beartype.BeartypeConf(is_pep484_tower=True))",
        )


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real photographs beside the checkout; without them, tests of them are skipped."""
    path = Path(__file__).parent.parent / "shared" / "data"
    if not path.is_dir():
        pytest.skip("needs real photographs, which are no part of the repository")
    return path
