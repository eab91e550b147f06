"""Somebody outside who tries to tell kinds of CURP apart: a server, a stopwatch, a classifier."""
