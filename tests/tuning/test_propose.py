"""Proposals improve on what was tried, and repeat for a word."""

from trainwell.tuning._propose import proposer

SPACE = {"x": None, "kind": ("good", "bad")}


def cost(values):
    return abs(values["x"] - 0.3) + (values["kind"] == "bad")


def proposals_after(count):
    proposals = proposer(SPACE, [])
    for word in range(count):
        proposals.tell(cost(proposals.ask(word)))
    return proposals


def test_later_proposals_cost_less():
    proposals = proposer(SPACE, [])
    costs = []
    for word in range(60):
        values = proposals.ask(word)
        assert 0 <= values["x"] <= 1
        costs.append(cost(values))
        proposals.tell(costs[-1])
    assert sum(costs[-20:]) < 0.6 * sum(costs[:20])


def test_what_was_tried_and_the_word_decide():
    first, second = proposals_after(12), proposals_after(12)
    assert first.ask(99) == second.ask(99)
    tried = [({"x": 0.1 * i, "kind": "good"}, abs(0.1 * i - 0.3)) for i in range(10)]
    assert proposer(SPACE, tried).ask(7) == proposer(SPACE, tried).ask(7)
