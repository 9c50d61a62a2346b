"""K-FAC: the natural gradient with a Kronecker-factored curvature per layer.

    A <- decay A + (1 - decay) A_batch,   G in the same way,   decay = 0.95
    U = (G + sqrt(damping) / pi I)^-1  g  (A + pi sqrt(damping) I)^-1
    U <- U min(1, sqrt(kl_clip / (lr^2 sum <U, g>)))     over all layers
    m <- mu m + U + wd x;   x <- x - lr m

So are treated linear layers and ungrouped convolutions, weight and bias together;
every other parameter takes plain momentum at the same rate.

Use: for few, costly steps: large batches, small networks, ill-conditioned problems;
with small batches raise the damping.
Side effects: two matrices per layer and their inverses; a second backward pass and
draws from torch's generator; a step costs three or four of SGD; rates are not those of
SGD; curvature is each process's own, so not for several processes.
Source: Martens & Grosse, 2015, https://arxiv.org/abs/1503.05671; Ba, Grosse & Martens,
"Distributed Second-Order Optimization using Kronecker-Factored Approximations", 2017,
section 5 (KL clip). Momentum is heavy-ball's, and the damping is fixed.
"""

from typing import Any, Literal

import torch
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.core.errors import ModelError
from trainwell.core.layer_rows import has_rows
from trainwell.optim._groups import decay_groups
from trainwell.optim._kfac_factors import damped_inverses
from trainwell.optim._kfac_watch import Sampler, Watch
from trainwell.optim._momentum import momentum as heavy_ball
from trainwell.optim._types import ClosureOptimizer

_DECAY = 0.95


class KFAC(ClosureOptimizer):
    """Natural gradient descent with factors of the curvature per layer.

    Args:
        model: Its linear layers and convolutions are watched while it trains.
        lr: Learning rate.
        momentum: Fraction of the sum of steps kept at each step, in [0, 1].
        damping: Added to the curvature; the smaller, the bolder.
        kl_clip: Largest change of the predictions in one step, in nats, about.
        inverse_every: Steps between two inversions of the factors.
        weight_decay: Added to the step as this fraction of the weights (not of biases
            and norms).
        likelihood: What the outputs say of the targets: `categorical` for logits of
            classes, `gaussian` for values such as coordinates.

    Raises:
        ModelError: If the model has no such layer to train.
        ValueError: If an argument is out of range.

    Example:
        >>> from trainwell.optim import KFAC
        >>> model = torch.nn.Sequential(torch.nn.Linear(8, 4), torch.nn.Linear(4, 2))
        >>> optimizer = KFAC(model, lr=0.1)
        >>> x, labels = torch.rand(16, 8), torch.zeros(16, dtype=torch.int64)
        >>> loss = torch.nn.functional.cross_entropy(model(x), labels)
        >>> loss.backward()
        >>> optimizer.step()
        >>> bool(torch.nn.functional.cross_entropy(model(x), labels) < loss)
        True
    """

    def __init__(  # noqa: PLR0913
        self,
        model: nn.Module,
        lr: float = 0.1,
        *,
        momentum: float = 0.9,
        damping: float = 0.03,
        kl_clip: float = 1e-3,
        inverse_every: int = 5,
        weight_decay: float = 0.0,
        likelihood: Literal["categorical", "gaussian"] = "categorical",
    ) -> None:
        checks.one_of("likelihood", likelihood, ("categorical", "gaussian"))
        checks.positive("damping", damping)
        checks.positive("kl_clip", kl_clip)
        checks.positive("inverse_every", inverse_every)
        layers = {
            id(layer.weight): layer
            for layer in model.modules()
            if has_rows(layer) and layer.weight.requires_grad
        }
        if not layers:
            raise ModelError(
                "optimizer `kfac` found no linear layer or convolution to train; use "
                "`nesterov`."
            )
        self.inner = heavy_ball(
            decay_groups(model, weight_decay), lr, momentum=momentum
        )
        self.watches = [Watch(layer) for layer in layers.values()]  # type: ignore[arg-type]
        Sampler(model, self.watches, likelihood)
        super().__init__(self.inner.param_groups, {})
        self.damping, self.kl_clip = damping, kl_clip
        self.inverse_every = inverse_every
        self._share()

    def advance(self) -> None:
        """Precondition the gradients in place, and step along them."""
        steps: list[tuple[Watch, Tensor]] = []
        change = torch.zeros(())
        for watch in self.watches:
            gradient = watch.gradient()
            if gradient is not None:
                step = self._preconditioned(watch, gradient)
                steps.append((watch, step))
                change = change.to(step) + (step * gradient).sum()
        change = change * self.param_groups[0]["lr"] ** 2
        scale = (self.kl_clip / change.clamp(min=1e-20)).sqrt().clamp(max=1)
        for watch, step in steps:
            watch.set_gradient(step * scale)
        self.inner.step()

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget gradients, and the factors of the passes since the last step."""
        super().zero_grad(set_to_none)
        for watch in self.watches:
            watch.clear()

    def state_dict(self) -> dict[str, Any]:
        """Return the momentum, the factors and their inverses."""
        return self.inner.state_dict()

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Put them back."""
        self.inner.load_state_dict(state_dict)
        self._share()

    def _share(self) -> None:
        self.param_groups, self.state = self.inner.param_groups, self.inner.state

    def _preconditioned(self, watch: Watch, gradient: Tensor) -> Tensor:
        """Bring the factors up to date; return G^-1 g A^-1."""
        slots = self.state[watch.layer.weight]
        batch = watch.take()
        if batch is not None:
            for name, factor in zip(("a", "g"), batch, strict=True):
                slots[name] = slots.get(name, factor).lerp(factor, 1 - _DECAY)
            count = slots.get("factor_steps", 0)
            if count % self.inverse_every == 0:
                inverses = damped_inverses(slots["a"], slots["g"], damping=self.damping)
                slots["a_inverse"], slots["g_inverse"] = inverses
            slots["factor_steps"] = count + 1
        if "a_inverse" not in slots:
            return gradient
        product: Tensor = slots["g_inverse"] @ gradient @ slots["a_inverse"]
        return product
