"""Verbs of the staff's entrance."""
