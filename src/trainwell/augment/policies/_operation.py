"""Operations of the pool: what their parameters are, and what a strength means.

    by strength s in [-1, 1]:   weakest + s (strongest - weakest)
    at random:                  low + u (high - low),    u uniform in [0, 1)

Source: definition.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops import OpSequence
from trainwell.augment.policies._types import SamplingContext

Floats = npt.NDArray[np.float64]
Range = tuple[float, float]


@dataclass(frozen=True)
class Parameter:
    """A number that an operation takes.

    Attributes:
        usual: Lowest and highest number that are drawn where none is given; None leaves
            the parameter out.
        ends: Its value at strength 0 and at strength 1; None draws it instead.
        signed: The strength may be negative: the value is then mirrored at that of
            strength 0.
        step: 0 for any number, 1 for whole, 2 for odd ones.
        limits: Least and greatest number that the operation takes.
        words: Words that may stand in place of a number.
    """

    usual: Range | None
    ends: Range | None = None
    signed: bool = False
    step: int = 0
    limits: Range = (-math.inf, math.inf)
    words: tuple[str, ...] = ()

    def at(self, strength: Floats) -> Floats:
        """Return the values at strengths."""
        weakest, strongest = self.ends or (0.0, 0.0)
        value = weakest + strength * (strongest - weakest)
        return np.rint(value) if self.step else value

    def drawn(self, low: float, high: float, u: Floats) -> Floats:
        """Return the values between two numbers, for u uniform in [0, 1)."""
        if self.step:
            return low + self.step * np.floor(u * ((high - low) // self.step + 1))
        return low + u * (high - low)


@dataclass(frozen=True)
class Operation:
    """An operation that policies may sample.

    Attributes:
        make: Takes the parameters by name, one number per sample each; without
            parameters the number of samples.
        parameters: By name.
        chances: How many uniform numbers per sample it needs beside, as `chance`, (n,
            chances).
        canvas: Whether it takes `size`, the size of the output.
    """

    make: Callable[..., OpSequence]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    chances: int = 0
    canvas: bool = False

    def between(self, weakest: float, strongest: float) -> "Operation":
        """Return the operation with other ends of its first parameter."""
        name, first = next(iter(self.parameters.items()))
        changed = replace(first, ends=(weakest, strongest))
        return replace(self, parameters={**self.parameters, name: changed})

    def one_sided(self, weakest: float, strongest: float) -> "Operation":
        """Return the operation with other ends of its first parameter, and no sign."""
        made = self.between(weakest, strongest)
        name, first = next(iter(made.parameters.items()))
        changed = replace(first, signed=False)
        return replace(made, parameters={**made.parameters, name: changed})

    def at(
        self,
        strength: Floats,
        negative: npt.NDArray[np.bool_],
        context: SamplingContext,
        stream: str,
    ) -> OpSequence:
        """Return one operation per sample of the context, for strengths from 0 to 1.

        Args:
            strength: Shape (n,).
            negative: Where signed parameters go the other way, shape (n,).
            context: The samples.
            stream: Name of the random numbers, for what a strength does not say.
        """
        sign = np.where(negative, -1.0, 1.0)
        values = {
            name: p.at(strength * sign if p.signed else strength)
            for name, p in self.parameters.items()
            if p.ends is not None
        }
        drawn = {n: p.usual for n, p in self.parameters.items() if n not in values}
        return self._made(values, drawn, context, stream)

    def sampled(
        self,
        given: Mapping[str, float | str | Range],
        context: SamplingContext,
        stream: str,
    ) -> OpSequence:
        """Return one operation per sample: numbers and words as given, ranges drawn."""
        n = len(context.keys)
        fixed = {
            k: v if isinstance(v, str) else np.full(n, float(v))
            for k, v in given.items()
            if not isinstance(v, tuple)
        }
        drawn = {k: v for k, v in given.items() if isinstance(v, tuple)}
        return self._made(fixed, drawn, context, stream)

    def _made(
        self,
        values: Mapping[str, Floats | str],
        drawn: Mapping[str, Range | None],
        context: SamplingContext,
        stream: str,
    ) -> OpSequence:
        """Draw what is missing, in the order of the parameters, and make all."""
        if not self.parameters:
            return self.make(len(context.keys))
        made: dict[str, object] = dict(values)
        number = {name: i for i, name in enumerate(self.parameters)}
        if self.chances or any(drawn.values()):
            u = context.uniform(stream, len(number) + self.chances)
            for name, ends in drawn.items():
                if ends is not None:
                    column = u[:, number[name]]
                    made[name] = self.parameters[name].drawn(*ends, column)
            if self.chances:
                made["chance"] = u[:, len(number) :]
        if self.canvas:
            made["size"] = context.size
        return self.make(**made)
