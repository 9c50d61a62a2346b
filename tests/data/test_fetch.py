import hashlib
import http.server
import threading
from contextlib import contextmanager

import pooch.core
import pytest

from trainwell.core.errors import DataError
from trainwell.core.progress import silent
from trainwell.data._fetch import Remote, fetch

DATA = bytes(range(256)) * 3000


class _Server(http.server.ThreadingHTTPServer):
    """Answers each request by the next word of `plan`; the last one stays."""

    plan = ("good",)
    asked = 0


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # noqa: N802
        server = self.server
        word = server.plan[min(server.asked, len(server.plan) - 1)]
        server.asked += 1
        if word in ("404", "503"):
            self.send_error(int(word))
            return
        data = b"something else" if word == "other" else DATA
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if word == "cut" else data)

    def log_message(self, *args):
        pass


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr(pooch.core.time, "sleep", lambda seconds: None)


@pytest.fixture
def server():
    server = _Server(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def remote(server):
    address = f"http://127.0.0.1:{server.server_address[1]}"
    return Remote(f"{address}/a.gz", hashlib.md5(DATA).hexdigest())


def test_a_file_is_fetched_once(server, tmp_path):
    path = fetch(remote(server), tmp_path / "new/cache", silent)
    assert path == tmp_path / "new/cache/a.gz"
    assert path.read_bytes() == DATA
    assert fetch(remote(server), tmp_path / "new/cache", silent) == path
    assert server.asked == 1
    assert [p.name for p in path.parent.iterdir()] == ["a.gz"]


@pytest.mark.parametrize("first", ["503", "cut", "other"])
def test_a_failed_transfer_is_tried_three_times(server, tmp_path, first):
    server.plan = (first, first, "good")
    assert fetch(remote(server), tmp_path, silent).read_bytes() == DATA
    assert server.asked == 3


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("404", r"cannot fetch .*/a\.gz \(HTTP error 404: Not Found\)$"),
        ("503", r"cannot fetch .*/a\.gz \(HTTP error 503: Service Unavailable\)$"),
        ("cut", r"cannot fetch .*/a\.gz \(the connection was cut\)$"),
        ("other", r"gave a file whose MD5 sum is not [0-9a-f]{32}, three times$"),
    ],
)
def test_what_stays_wrong_is_one_line_and_no_file(server, tmp_path, word, message):
    server.plan = (word,)
    with pytest.raises(DataError, match=message):
        fetch(remote(server), tmp_path / "cache", silent)
    assert server.asked == 3
    assert list((tmp_path / "cache").iterdir()) == []


def test_offline_is_one_line(tmp_path):
    with pytest.raises(DataError, match=r"^cannot fetch .*/a\.gz \(no connection\)$"):
        fetch(Remote("http://127.0.0.1:9/a.gz", "0" * 32), tmp_path, silent)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match=r"cannot fetch .*/a\.gz \(.*file"):
        fetch(Remote("http://127.0.0.1:9/a.gz", "0" * 32), tmp_path / "file/b", silent)


def test_partial_and_damaged_files_are_never_used(server, tmp_path):
    (tmp_path / "a.gz").write_bytes(DATA[:1000])
    (tmp_path / "tmp1234").write_bytes(DATA[:1000])  # of a transfer that was killed
    assert fetch(remote(server), tmp_path, silent).read_bytes() == DATA


def test_each_try_has_a_bar_that_fills(server, tmp_path):
    server.plan = ("cut", "good")
    bars = []

    @contextmanager
    def progress(description, total):
        bars.append([description, total, 0, "open"])

        def advance(amount):
            bars[-1][2] += amount

        yield advance
        bars[-1][3] = "closed"

    fetch(remote(server), tmp_path, progress)
    size = len(DATA)
    assert [bar[1:2] + bar[3:] for bar in bars] == [[size, "closed"]] * 2
    assert bars[0][2] < size == bars[1][2]
    assert bars[0][0] == "Fetching a.gz"
