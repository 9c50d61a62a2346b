from trainwell.schedules import constant


def test_values():
    assert [constant()(p) for p in (0.0, 0.4, 1.0)] == [1.0, 1.0, 1.0]
