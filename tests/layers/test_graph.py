"""Which layer feeds which, read from the graph."""

from torch import nn

from trainwell.layers._graph import Calls, has_hooks


class Forked(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = nn.Linear(2, 2), nn.Linear(2, 2), nn.Linear(2, 2)
        self.twice = nn.ReLU()

    def forward(self, x):
        y = self.twice(self.a(x))
        return self.twice(self.b(y)) + self.c(self.c(y))


def test_pairs_are_of_layers_used_once():
    model = nn.Sequential(nn.Linear(2, 2), nn.Sequential(nn.ReLU(), nn.Linear(2, 2)))
    assert list(Calls(model).pairs()) == [("0", "1.0"), ("1.0", "1.1")]
    calls = Calls(Forked())
    assert {str(node.target) for node in calls.single} == {"a", "b"}
    assert list(calls.pairs()) == []


class Branching(nn.Module):
    def forward(self, x):
        return x if x.sum() > 0 else -x


def test_what_cannot_be_traced_says_so():
    assert not Calls(Branching()).traced
    assert Calls(Forked()).traced


def test_hooks():
    layer = nn.ReLU()
    assert not has_hooks(layer)
    layer.register_forward_pre_hook(lambda *_: None)
    assert has_hooks(layer)
