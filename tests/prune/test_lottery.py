import pytest

from trainwell.prune import ticket_share


def test_by_hand():
    # two rounds to 0.75: half goes, then half of the rest
    assert [ticket_share(r, rounds=2, share=0.75) for r in range(3)] == [0, 0.5, 0.75]


def test_every_round_removes_the_same_share_of_what_is_left():
    left = [1 - ticket_share(r, rounds=5, share=0.9) for r in range(6)]
    ratios = [b / a for a, b in zip(left, left[1:], strict=False)]
    assert ratios == pytest.approx([ratios[0]] * 5)
    assert left[-1] == pytest.approx(0.1)


def test_messages():
    with pytest.raises(ValueError, match="`finished`"):
        ticket_share(4, rounds=3, share=0.5)
    with pytest.raises(ValueError, match="`rounds` must be positive"):
        ticket_share(0, rounds=0, share=0.5)
