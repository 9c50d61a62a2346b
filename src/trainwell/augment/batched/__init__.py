"""The engine on tensors: whole batches, on any device; no randomness here either.

What is known before the pixels is planned in NumPy on the CPU and sent to the device
at once; there, the same operation of all samples that have it is one tensor operation,
and nothing waits for the device.
"""

from trainwell.augment.batched._render import render_batched as render_batched
