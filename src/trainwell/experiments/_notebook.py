"""Write a claim as a notebook in which its constants can be changed.

The explanation, the file itself, a measurement of one seed, and its picture.
Source: the Jupyter notebook format, version 4.5.
"""

import inspect
import json
from pathlib import Path
from typing import Any

from trainwell.core.files import write_atomically
from trainwell.experiments._claims import claim_module, find_claim

_MEASURE = """\
# Change a constant above, run its cell again, and then this one.
import torch

SEEDS, QUICK = 1, True  # QUICK = False measures what the gallery shows
runs = []
for seed in range(SEEDS):
    torch.manual_seed(seed)
    runs.append(CLAIM.measure(seed, quick=QUICK))
verdict = CLAIM.judge(runs)
print(verdict.word + ":", verdict.numbers)"""
_DRAW = """\
import matplotlib.pyplot as plt

figure = plt.figure(figsize=(7, 4), layout="constrained")
CLAIM.draw(figure, runs)"""


def write_notebook(name: str, path: str | Path) -> Path:
    """Write the notebook of a claim; it runs from the first cell to the last.

    Args:
        name: Name of the claim.
        path: File to write, usually NAME.ipynb.

    Raises:
        ValueError: If there is no such claim.

    Example:
        >>> import json, pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp(), "valley.ipynb")
        >>> json.loads(write_notebook("valley", path).read_text())["nbformat"]
        4
    """
    claim, module = find_claim(name), claim_module(name)
    doc = inspect.getdoc(module) or ""
    source = inspect.getsource(module)
    code = source.split('"""', 2)[2].strip()
    head = (
        f"# {claim.title}\n\n{doc}\n\n**Claim** ({claim.source}): {claim.claim}\n\n"
        f"**It holds if:** {claim.criterion}"
    )
    cells = [
        _cell("markdown", "about", head),
        _cell("code", "claim", code),
        _cell("code", "measure", _MEASURE),
        _cell("code", "draw", _DRAW),
    ]
    tree = {
        "cells": cells,
        "metadata": {
            "kernelspec": {
                "display_name": "Python 3",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, (json.dumps(tree, indent=1) + "\n").encode())
    return path


def _cell(kind: str, name: str, source: str) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": name,
        "metadata": {},
        "source": source.splitlines(keepends=True),
    }
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell
