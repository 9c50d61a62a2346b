"""Small real data, and how to start the command line as a user does."""

import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_digits

from trainwell import data
from trainwell.recipes import Scope, read_recipe
from trainwell.runs import Quiet, search_augment
from trainwell.runs.session import _stores as stores
from trainwell.runs.session._open_session import open_session
from trainwell.tuning import FastAutoAugment, PopulationAugment

SMALL = ("train.threads=1", "train.precision=float32", "train.memory_format=contiguous")


@pytest.fixture(scope="session")
def digits_folder(tmp_path_factory):
    """400 real digits as PNG files, a folder per class in train and test."""
    root = tmp_path_factory.mktemp("digits")
    digits = load_digits()
    for i in range(400):
        split = "test" if i % 5 == 0 else "train"
        folder = root / split / f"class {digits.target[i]}"
        folder.mkdir(parents=True, exist_ok=True)
        pixels = (digits.images[i] * 15.9).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"{i:04d}.png")
    return root


@pytest.fixture(scope="session")
def opened():
    """Open 90 small drawn images with a recipe of a quick network."""

    def open_with(*overrides, decode="ahead"):
        recipe = read_recipe(None, ("model=mlp", *Small.FAST[1:], *overrides))
        source, scope = "synthetic:shapes,size=12,count=90,seed=3", Scope("test")
        return open_session(source, recipe, scope, Quiet(), decode=decode)

    return open_with


@pytest.fixture(scope="session")
def command():
    """Start `trainwell` with one thread; returns the Popen object."""
    started = []

    def start(*args):
        process = subprocess.Popen(
            [Path(sys.executable).parent / "trainwell", *map(str, args)],
            env=os.environ | {"OMP_NUM_THREADS": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def finished(digits_folder, tmp_path_factory):
    """A finished run of a few epochs."""
    from trainwell.runs import Quiet, train

    out = tmp_path_factory.mktemp("run") / "a"
    return train(digits_folder, "train.epochs=6", *SMALL, out=out, reporter=Quiet())


class Small:
    """Searches of a second."""

    SOURCE = "synthetic:shapes,size=12,count=240,seed=3"
    FAST = (
        "model.name=softmax",
        "train.epochs=4",
        "train.batch_size=16",
        "train.threads=1",
        "train.precision=float32",
        "train.memory_format=contiguous",
    )
    OFTEN = "train.checkpoint_seconds=0.01"  # pba saves after every round
    DENSITY = FastAutoAugment(folds=2, rounds=2, trials=4, top=2)
    PBA = PopulationAugment(members=4, interval=1)

    @classmethod
    def search(cls, out, method, *more, resume=False, budget=None, ops=None):
        return search_augment(
            cls.SOURCE,
            *cls.FAST,
            *([cls.OFTEN] if isinstance(method, FastAutoAugment) else []),
            *more,
            method=method,
            out=out,
            resume=resume,
            budget=budget,
            ops=ops,
            reporter=Quiet(),
        )

    @staticmethod
    def tried(found):
        log = json.loads(found.log.read_text())
        return log["trials"] if "trials" in log else log["rounds"]


@pytest.fixture(scope="session")
def small():
    """How to search, and what."""
    return Small


@pytest.fixture(
    scope="session", params=[Small.DENSITY, Small.PBA], ids=["density", "pba"]
)
def found(request, tmp_path_factory):
    """A method, what it found, and what it opened meanwhile."""
    opened = []
    original = data.open_store

    def watched(dataset, **how):
        opened.append(dataset)
        return original(dataset, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stores.data, "open_store", watched)
        out = tmp_path_factory.mktemp("search") / "policy.yaml"
        return request.param, Small.search(out, request.param), opened


def _postgres_tool(name):
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="session")
def postgres_server():
    """A PostgreSQL server of this session's own, as a user who is not root."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    initdb, server = _postgres_tool("initdb"), _postgres_tool("postgres")
    if initdb is None or server is None:
        pytest.skip("PostgreSQL is not installed: there are no initdb and postgres")
    user = {}
    if os.getuid() == 0:
        try:
            user = {"user": pwd.getpwnam("postgres").pw_uid}
        except KeyError:
            pytest.skip("PostgreSQL does not run as root, and no user postgres exists")
    folder = Path(tempfile.mkdtemp(prefix="trainwell-postgres-"))
    if user:
        os.chown(folder, user["user"], -1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    words = [initdb, "-D", folder / "data", "-A", "trust", "-U", "tester", "--no-sync"]
    subprocess.run(words, check=True, **quiet, **user)
    words = [server, "-D", folder / "data", "-p", str(port), "-k", folder, "-F"]
    process = subprocess.Popen([*words, "-h", "127.0.0.1"], **quiet, **user)
    _wait_for(port)
    yield f"postgresql://tester@127.0.0.1:{port}"
    process.terminate()
    process.wait()
    shutil.rmtree(folder)


def _wait_for(port):
    import psycopg

    for _ in range(100):
        try:
            where = f"host=127.0.0.1 port={port} user=tester dbname=postgres"
            psycopg.connect(where).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("PostgreSQL did not start within ten seconds")


@pytest.fixture
def postgres(postgres_server, request):
    """The URL of an empty database."""
    import psycopg

    name = f"test_{abs(hash(request.node.name))}"
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}")
    return f"{postgres_server}/{name}"
