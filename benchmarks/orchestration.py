"""Follow `trainwell train digits` through the packages that only put pieces together.

Counts the functions of cli, runs and recipes that are entered, their files, and how
often a reader who follows first calls changes file and package.

python -m benchmarks.orchestration
"""

import contextlib
import inspect
import io
import sys
import tempfile
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import trainwell.cli

SRC = Path(trainwell.__file__).parent
PACKAGES = ("cli", "runs", "recipes")
UNNAMED = {"<module>", "<lambda>", "<genexpr>", "<listcomp>", "<dictcomp>", "<setcomp>"}


def followed(arguments: list[str]) -> list[CodeType]:
    """Return the functions that a command enters, each once, in order."""
    seen: dict[CodeType, None] = {}

    def note(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event != "call" or not _is_named_function(code):
            return
        if code not in seen and _package(code) in PACKAGES:
            seen[code] = None

    sys.argv = ["trainwell", *arguments]
    with contextlib.redirect_stderr(io.StringIO()), contextlib.suppress(SystemExit):
        sys.setprofile(note)
        try:
            trainwell.cli.main()
        finally:
            sys.setprofile(None)
    return list(seen)


def _is_named_function(code: CodeType) -> bool:
    """Tell functions and methods from class bodies, lambdas and what is nested."""
    nested = code.co_name in UNNAMED or "<locals>" in code.co_qualname
    return bool(code.co_flags & inspect.CO_NEWLOCALS) and not nested


def _package(code: CodeType) -> str:
    path = Path(code.co_filename)
    return path.relative_to(SRC).parts[0] if path.is_relative_to(SRC) else ""


VERBOSE = [*sys.argv]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "run")
        codes = followed(["train", "digits", "train.epochs=1", "--out", out])
    pairs = list(zip(codes, codes[1:], strict=False))
    files = sum(a.co_filename != b.co_filename for a, b in pairs)
    packages = sum(_package(a) != _package(b) for a, b in pairs)
    print(f"{len(codes)} functions in {len({c.co_filename for c in codes})} files")
    print(f"{files} changes of file, {packages} of package")
    if "-v" in VERBOSE:
        for code in codes:
            print(Path(code.co_filename).relative_to(SRC), code.co_qualname)


if __name__ == "__main__":
    main()
