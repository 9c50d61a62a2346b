import hashlib
import http.server
import threading
from functools import partial

import pytest

from trainwell.core.errors import DataError
from trainwell.core.progress import silent
from trainwell.data._fetch import Remote, fetch


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def served(tmp_path):
    """A folder, and the address it is served at on this machine."""
    folder = tmp_path / "served"
    folder.mkdir()
    handler = partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_file_is_fetched_once(served, tmp_path):
    folder, address = served
    data = bytes(range(256)) * 3000
    (folder / "a.gz").write_bytes(data)
    remote = Remote(f"{address}/a.gz", hashlib.md5(data).hexdigest())
    path = fetch(remote, tmp_path / "new/cache", silent)
    assert path.read_bytes() == data
    (folder / "a.gz").unlink()
    assert fetch(remote, tmp_path / "new/cache", silent) == path


def test_a_wrong_file_is_refused_and_not_kept(served, tmp_path):
    folder, address = served
    (folder / "a.gz").write_bytes(b"something else")
    with pytest.raises(DataError, match=r"MD5 sum .* instead of 0123"):
        fetch(Remote(f"{address}/a.gz", "0123"), tmp_path / "cache", silent)
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_missing_file_is_one_line(served, tmp_path):
    with pytest.raises(DataError, match=r"cannot fetch .*/a\.gz \(HTTP Error 404"):
        fetch(Remote(f"{served[1]}/a.gz", ""), tmp_path / "cache", silent)
    assert list((tmp_path / "cache").iterdir()) == []
