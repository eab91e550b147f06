"""Arithmetic of numbers, keys and names: the arguments decide, nothing else."""
