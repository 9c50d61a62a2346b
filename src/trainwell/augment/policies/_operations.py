"""Operations: a list of operations in turn, each with a probability and ranges.

    for each entry:  with probability p apply it, its parameters uniform in [low, high]
    one_of:          with probability p apply one member, chosen in proportion to its p

Use: for what you know of your images: `vertical_flip` from above, `gaussian_blur` where
some are out of focus. All operations may stand in it.
Side effects: those of the operations; what changes the class makes labels wrong.
Source: Buslaev et al., "Albumentations", 2020, `Compose` and `OneOf`, whose p of 0.5 is
the default here, too.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from trainwell.augment import ops
from trainwell.augment.ops._erase import ERASE
from trainwell.augment.ops._op_sequence import NO_OP, no_ops, where
from trainwell.augment.ops._op_spec import LENS_CODES, WARP_CODES
from trainwell.augment.policies._entries import Entry, Group, plain, read_entries
from trainwell.augment.policies._pool import POOL
from trainwell.augment.policies._types import SamplingContext

Entries = str | Mapping[str, Any] | Sequence[str | Mapping[str, Any]]


@dataclass(frozen=True, repr=False)
class Operations:
    """Apply operations in turn.

    Attributes:
        operations: Each one a name, such as `vertical_flip`; a mapping of `op`, `p` and
            parameters, each a number or [low, high]; or a mapping of `one_of`, a list
            of these, and `p`. Read as mappings with every default written out.

    Raises:
        ValueError: If an operation or a parameter is not known, or a number is out of
            the range that the operation takes.

    Example:
        >>> from trainwell.augment.policies import Operations, SamplingContext
        >>> context = SamplingContext(
        ...     0, 0, np.arange(3, dtype=np.uint64), np.full(3, 32), np.full(3, 32)
        ... )
        >>> policy = Operations(["hue", {"op": "rotate", "degrees": 30, "p": 1}])
        >>> policy
        Operations(hue, rotate)
        >>> policy(context)
        OpSequence(samples=3, first=['hue +0.08', 'rotate 30°'])
        >>> policy.operations[0]
        {'op': 'hue', 'p': 0.5, 'turns': [-0.1, 0.1]}
    """

    operations: Entries

    def __post_init__(self) -> None:
        entries = read_entries(self.operations)
        object.__setattr__(self, "operations", [plain(entry) for entry in entries])
        object.__setattr__(self, "_entries", entries)
        object.__setattr__(self, "_stream", json.dumps(self.operations))

    def __repr__(self) -> str:
        return f"Operations({self})"

    def __str__(self) -> str:
        return ", ".join(map(str, self._read))

    def __call__(self, context: SamplingContext) -> ops.OpSequence:
        """Return the operations, shape (n, as many as entries)."""
        parts = []
        for number, entry in enumerate(self._read):
            stream = f"operations {number} of {self._name}"
            if isinstance(entry, Group):
                parts.append(_one_of(entry, context, stream))
            else:
                applied = context.uniform(stream)[:, 0] < entry.p
                parts.append(where(applied, _sampled(entry, context, stream)))
        return ops.concat(*parts)

    def tones(self) -> tuple[str, ...]:
        """Return the names of operations that need 8-bit pixel values."""
        moved = (*WARP_CODES, *LENS_CODES, ERASE.code, NO_OP)
        return tuple(n for n in self._names() if _code(n) not in moved)

    def warps(self) -> tuple[str, ...]:
        """Return the names of operations that show images between their pixels."""
        moved = (*WARP_CODES, *LENS_CODES)
        return tuple(
            name
            for name in self._names()
            if _code(name) in moved
            and any(p.step == 0 for p in POOL[name].parameters.values())
        )

    def _names(self) -> list[str]:
        entries = [e.members if isinstance(e, Group) else (e,) for e in self._read]
        return [entry.op for members in entries for entry in members]

    @property
    def _read(self) -> tuple[Entry | Group, ...]:
        read: tuple[Entry | Group, ...] = self.__dict__["_entries"]
        return read

    @property
    def _name(self) -> str:
        return str(self.__dict__["_stream"])


def _sampled(entry: Entry, context: SamplingContext, stream: str) -> ops.OpSequence:
    return POOL[entry.op].sampled(entry.given, context, f"{stream}, parameters")


def _one_of(group: Group, context: SamplingContext, stream: str) -> ops.OpSequence:
    u = context.uniform(stream, 2)
    bounds = np.cumsum([member.p for member in group.members])
    chosen = np.searchsorted(bounds / bounds[-1], u[:, 1], side="right")
    made = no_ops(len(u), 1)
    for number, member in enumerate(group.members):
        rows = np.flatnonzero((chosen == number) & (u[:, 0] < group.p))
        if len(rows):
            sampled = _sampled(member, context.of(rows), f"{stream} {number}")
            made.op_codes[rows] = sampled.op_codes
            made.magnitudes[rows] = sampled.magnitudes
    return made


def _code(name: str) -> int:
    """Return the code of an operation."""
    one = np.ones(1)
    context = SamplingContext(
        0, 0, np.zeros(1, np.uint64), one.astype(np.int32), one.astype(np.int32)
    )
    return int(POOL[name].at(one, one < 0, context, "").op_codes[0, 0])
