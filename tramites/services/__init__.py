"""Verbs of the procedure, one module per noun: each is one outermost transaction, safe to repeat."""
