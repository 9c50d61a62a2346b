"""What every other package may import: checks, errors, randomness, device facts."""
