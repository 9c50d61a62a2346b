"""Images are centred and scaled by channel; whitening them brings nothing.

PCA and whitening take the correlations out of the inputs, which speeds up shallow
models. Neighbouring pixels are correlated because images are smooth, and a convolution
learns to use that; whitened images are mostly noise of high frequency. The same
residual network on pixels standardised by channel, and whitened by ZCA.
"""

from trainwell.experiments import recipe_claim

VARIANTS = {
    "standardised": (),
    "whitened (ZCA)": ("preprocess=zca_whiten",),
}

CLAIM = recipe_claim(
    title="No whitening for images",
    source="deck 2",
    claim="For images, PCA and whitening are not done.",
    criterion="Standardised images give a higher test accuracy than whitened ones.",
    variants=VARIANTS,
    common=("model=cifar_resnet20", "train.batch_size=50"),
    num_images=1000,
    epochs=15,
    better="standardised",
    than="whitened (ZCA)",
    seeds=3,
)
