"""The database of a study: SQLite, or PostgreSQL by psycopg."""

import logging
import time
from typing import Any

from trainwell.core.errors import MissingDependencyError, RunError
from trainwell.runs.tuning.storage._claims import Claims

_ATTEMPTS = 5  # at creating the tables, while others create them too
_PATIENCE = 60  # seconds that SQLite waits for another writer


def driver_url(url: str) -> str:
    """Return the URL with the driver that trainwell uses.

    Raises:
        RunError: If the database is of another kind.
        MissingDependencyError: If the driver is not installed.
    """
    kind, _, rest = url.partition("://")
    if kind == "sqlite" and rest:
        return url
    if kind not in ("postgres", "postgresql", "postgresql+psycopg") or not rest:
        raise RunError(
            "`storage` must be postgresql://USER@HOST/DATABASE or "
            f"sqlite:///FILE, got {url!r}."
        )
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise MissingDependencyError(
            "a study in PostgreSQL needs psycopg: pip install 'trainwell[postgres]'."
        ) from error
    return f"postgresql+psycopg://{rest}"


def open_database(url: str, name: str) -> tuple[Any, Claims]:
    """Return Optuna's storage and the claims of a study; make the tables if need be.

    Raises:
        RunError: If the database cannot be used.
    """
    import optuna
    from sqlalchemy.exc import SQLAlchemyError

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    url = driver_url(url)
    connect_args = {"timeout": _PATIENCE} if url.startswith("sqlite") else {}
    reason = ""
    for attempt in range(_ATTEMPTS):
        try:
            storage = optuna.storages.RDBStorage(
                url, engine_kwargs={"connect_args": connect_args}
            )
            optuna.create_study(
                study_name=name,
                storage=storage,
                direction="maximize",
                load_if_exists=True,
            )
            return storage, Claims(storage.engine, name)
        except SQLAlchemyError as error:
            reason = str(error).splitlines()[0]
            time.sleep(0.2 * attempt)
    raise RunError(f"`storage`: the database cannot be used ({reason}).")
