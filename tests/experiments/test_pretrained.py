"""Two tasks of one set, and a network that passes from one to the other."""

import torch

from trainwell.experiments import accuracy_on_test, few, train_network, two_tasks


def test_the_tasks_share_no_class():
    tasks = two_tasks(0, quick=True)
    for images in (tasks.known, tasks.new):
        assert set(images.y.tolist()) == set(images.y_test.tolist()) == set(range(5))
    seen = {tuple(x.flatten().tolist()) for x in tasks.known.x}
    assert not any(tuple(x.flatten().tolist()) in seen for x in tasks.new.x)


def test_few_of_every_class():
    images = two_tasks(1, quick=True).new
    assert few(images, 7).y.bincount().tolist() == [7] * 5
    assert len(few(images, 7).y_test) == len(images.y_test)


def test_a_start_gives_its_body_and_moves_at_a_tenth():
    images = few(two_tasks(0, quick=True).new, 4)
    start = train_network(images, steps=5, seed=1)
    before = {k: v.clone() for k, v in start.state_dict().items()}
    tuned = train_network(images, steps=0, seed=2, start=start)
    fresh = train_network(images, steps=0, seed=2)
    for name, value in tuned.state_dict().items():
        other = fresh if name.startswith("fc.") else start
        assert torch.equal(value, other.state_dict()[name]), name
    once = train_network(images, steps=1, seed=2, start=start)
    again = train_network(images, steps=1, seed=2)
    of_head = [
        (net.fc.bias - ref.fc.bias).norm()
        for net, ref in ((once, tuned), (again, fresh))
    ]
    assert min(of_head) > 0
    of_body = (once.conv1.weight - tuned.conv1.weight).norm()
    assert 0 < of_body < (again.conv1.weight - fresh.conv1.weight).norm()
    assert all(torch.equal(v, before[k]) for k, v in start.state_dict().items())


def test_it_learns():
    images = two_tasks(0, quick=True).new
    assert accuracy_on_test(train_network(images, steps=60, seed=0), images) > 0.8
