"""Count the public names of every package: what its `__init__` lists.

.venv/bin/python scripts/public_names.py [-v]
"""

import importlib
import sys
from pathlib import Path
from types import ModuleType

SRC = Path(__file__).parents[1] / "src"


def public_names(module: ModuleType) -> list[str]:
    """Return the names that a package lists, submodules left out."""
    listed = getattr(module, "__all__", None)
    return listed or [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    ]


def main() -> None:
    """Print a line per package, and the total of different objects."""
    seen: set[int] = set()
    for init in sorted((SRC / "trainwell").rglob("__init__.py")):
        name = ".".join(init.parent.relative_to(SRC).parts)
        module = importlib.import_module(name)
        names = public_names(module)
        seen |= {id(getattr(module, n)) for n in names}
        more = f"  {' '.join(names)}" if "-v" in sys.argv else ""
        print(f"{len(names):4} {name}{more}")
    print(f"{len(seen):4} in all")


if __name__ == "__main__":
    main()
