"""What a claim's experiment found, kept as JSON beside its picture."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from trainwell.core.errors import RunError
from trainwell.core.files import write_atomically
from trainwell.experiments._claim import Measured, Verdict


@dataclass(frozen=True)
class ClaimResult:
    """The numbers of all seeds and the verdict.

    Attributes:
        name: Name of the claim.
        quick: Whether the small form was measured.
        runs: Numbers of every seed, from seed 0 on.
        verdict: Whether it held.
        seconds: How long measuring took, all seeds together.
        date: Day of the measurement, as 2026-01-31.
        machine: Versions and device by name.

    Example:
        >>> ClaimResult("valley", True, ({"steps": 3},), Verdict("held", "3 steps."),
        ...             0.1, "2026-01-31", {}).num_seeds
        1
    """

    name: str
    quick: bool
    runs: tuple[Measured, ...]
    verdict: Verdict
    seconds: float
    date: str
    machine: dict[str, Any]

    @property
    def num_seeds(self) -> int:
        """Number of seeds."""
        return len(self.runs)


def save_result(result: ClaimResult, path: Path) -> None:
    """Write it as JSON; numbers that are not finite become text.

    Example:
        >>> import pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp(), "sums.json")
        >>> result = ClaimResult("sums", True, ({"sum": 4},), Verdict("held", "It is."),
        ...                      0.1, "2026-01-31", {})
        >>> save_result(result, path)
        >>> load_result(path) == result
        True
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(_writable(asdict(result)), indent=1, allow_nan=False)
    write_atomically(path, (text + "\n").encode())


def load_result(path: Path) -> ClaimResult:
    """Read a result.

    Raises:
        RunError: If the file is no result of a claim.
    """
    try:
        tree = _read(json.loads(path.read_text(encoding="utf-8")))
        tree["verdict"] = Verdict(**tree["verdict"])
        tree["runs"] = tuple(tree["runs"])
        return ClaimResult(**tree)
    except (ValueError, TypeError, KeyError) as error:
        raise RunError(
            f"{path} is no result of an experiment ({type(error).__name__}); remove it "
            "and run the experiment again."
        ) from None


def _writable(tree: Any) -> Any:  # noqa: ANN401
    """Return it with infinities and NaN as text: JSON has no word for them."""
    if isinstance(tree, dict):
        return {key: _writable(value) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [_writable(value) for value in tree]
    if isinstance(tree, float) and tree - tree != 0:
        return f"float:{tree}"
    return tree


def _read(tree: Any) -> Any:  # noqa: ANN401
    if isinstance(tree, dict):
        return {key: _read(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_read(value) for value in tree]
    if isinstance(tree, str) and tree.startswith("float:"):
        return float(tree.removeprefix("float:"))
    return tree
