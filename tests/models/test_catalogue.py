from trainwell.models import names


def test_the_spine_is_there():
    wanted = {"mlp", "lenet", "plain20", "cifar_resnet110", "resnet50", "mobilenet_v2"}
    assert wanted | {"wide_resnet28_10", "airbench"} <= set(names())
