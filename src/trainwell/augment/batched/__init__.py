"""The engine on tensors: whole batches, on any device; no randomness here either.

What is known before the pixels is planned in NumPy on the CPU and sent to the device
at once; there, the same steps of all samples that have one are one tensor operation,
and nothing waits for the device.
"""

from trainwell.augment.batched._render import render_batched as render_batched
