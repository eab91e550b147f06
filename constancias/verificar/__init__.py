"""The public verifier: its pages and its JSON."""
