"""The people who work at the portal: how they come in, and what is kept of it."""
