"""Names in torchvision's files that its networks no longer have.

Dense layers are called `norm.1` in the files and `norm1` in the network; heads that
GoogLeNet and Inception only use in their training are left out.

Source: torchvision's `models/densenet.py`, `_load_state_dict`.
"""

import re

from trainwell.models._types import State

_DENSE = re.compile(r"(denselayer\d+\.(?:norm|conv))\.([12]\.)")
_AUXILIARY = re.compile(r"(?:^|\.)(?:aux1|aux2|AuxLogits)\.")


def torchvision_names(state: State, expected: State) -> State:
    """Return weights under the names of the network; others stay as they are."""
    current = {_DENSE.sub(r"\1\2", name): tensor for name, tensor in state.items()}
    if any(_AUXILIARY.search(name) for name in expected):
        return current
    return {n: t for n, t in current.items() if not _AUXILIARY.search(n)}
