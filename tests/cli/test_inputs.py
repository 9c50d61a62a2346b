"""What a command may name as an image."""

import io
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from PIL import Image

from trainwell.cli import _inputs
from trainwell.cli._inputs import named_inputs
from trainwell.core.errors import DataError


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "a.png"
    Image.new("RGB", (8, 8), "red").save(path)
    return path


def given(monkeypatch, content):
    monkeypatch.setattr(
        _inputs.sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content))
    )


def test_an_image_on_the_standard_input(monkeypatch, picture):
    given(monkeypatch, picture.read_bytes())
    with named_inputs(["-"]) as inputs:
        (file,) = inputs.files
        assert file.read_bytes() == picture.read_bytes()
        assert inputs.names == {str(file): "-"}
    assert not file.exists()


def test_names_on_the_standard_input(monkeypatch, picture):
    given(monkeypatch, f"{picture}\n\n".encode())
    with named_inputs(["-"]) as inputs:
        assert inputs.files == [picture]
        assert inputs.names == {}


def test_nothing_on_the_standard_input(monkeypatch):
    given(monkeypatch, b" \n")
    with pytest.raises(DataError, match="standard input is empty"), named_inputs(["-"]):
        pass


def test_an_address(picture):
    handler = lambda *args: SimpleHTTPRequestHandler(*args, directory=picture.parent)  # noqa: E731
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    try:
        with named_inputs([f"{address}a.png", str(picture)]) as inputs:
            first, second = inputs.files
            assert first.read_bytes() == picture.read_bytes()
            assert (inputs.names, second) == ({str(first): f"{address}a.png"}, picture)
        with (
            pytest.raises(DataError, match="b.png cannot be fetched"),
            named_inputs([f"{address}b.png"]),
        ):
            pass
    finally:
        server.shutdown()
        server.server_close()


def test_a_name_that_is_no_image():
    with (
        pytest.raises(DataError, match="no image found at nowhere.png"),
        named_inputs(["nowhere.png"]),
    ):
        pass
