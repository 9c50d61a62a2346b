"""A `trainwell` command that starts at once: a process that has imported it forks.

The command of the scripts is run some eighty times, of which importing takes most of
the time. `serve` listens at a socket; the command that `write_command` writes hands over
its arguments, folder, environment and streams, and answers with the exit status.
"""

import contextlib
import os
import signal
import socket
import sys
import threading
from pathlib import Path

_COMMAND = """#!{python} -SE
import json, os, signal, socket, sys
line = socket.socket(socket.AF_UNIX)
line.connect({address!r})
request = json.dumps([sys.argv, os.getcwd(), dict(os.environ)]).encode()
socket.send_fds(line, [len(request).to_bytes(8, "big")], [0, 1, 2])
line.sendall(request)
answers = line.makefile()
child = int(answers.readline())
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, lambda n, _: os.kill(child, n))
sys.exit(int(answers.readline()))
"""


def write_command(folder: Path, address: Path) -> None:
    """Write `trainwell` into a folder for the PATH."""
    path = folder / "trainwell"
    text = _COMMAND.format(python=sys.executable, address=str(address))
    path.write_text(text, "utf-8")
    path.chmod(0o755)


def serve(address: Path) -> None:
    """Answer commands until the process is ended."""
    import trainwell.cli
    import trainwell.runs  # noqa: F401

    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(address))
    listener.listen()
    while True:
        line, _ = listener.accept()
        _answer(line, trainwell.cli.main)


def _answer(line, main):
    import json

    head, streams, _, _ = socket.recv_fds(line, 8, 3)
    request = b""
    while len(request) < int.from_bytes(head, "big"):
        request += line.recv(1 << 16)
    words, folder, environment = json.loads(request)
    child = os.fork()
    if child == 0:
        _run(words, folder, environment, streams, main)
    for stream in streams:
        os.close(stream)
    line.sendall(f"{child}\n".encode())
    threading.Thread(target=_wait, args=(line, child)).start()


def _wait(line, child):
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with contextlib.suppress(OSError):
        line.sendall(f"{status if status >= 0 else 128 - status}\n".encode())
    line.close()


def _run(words, folder, environment, streams, main):
    status = 1
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = words
        try:
            main()
            status = 0
        except SystemExit as end:
            status = (
                end.code if isinstance(end.code, int) else int(end.code is not None)
            )
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
