"""The verbs of the rights over data."""
