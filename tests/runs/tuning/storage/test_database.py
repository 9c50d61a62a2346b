"""Addresses of databases."""

import pytest

from trainwell.core.errors import RunError
from trainwell.runs.tuning.storage._database import driver_url, open_database


def test_sqlite_is_taken_as_it_is():
    assert driver_url("sqlite:///a.db") == "sqlite:///a.db"


@pytest.mark.parametrize("url", ["postgres://me@h/d", "postgresql://me@h/d"])
def test_postgres_gets_its_driver(url):
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    assert driver_url(url) == "postgresql+psycopg://me@h/d"


@pytest.mark.parametrize("url", ["mysql://a/b", "sqlite", "postgresql://"])
def test_others_are_refused(url):
    with pytest.raises(RunError, match="`storage` must be postgresql://"):
        driver_url(url)


def test_a_database_that_cannot_be_used(tmp_path):
    with pytest.raises(RunError, match="the database cannot be used"):
        open_database(f"sqlite:///{tmp_path}/no/such/a.db", "study")
