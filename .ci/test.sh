#!/bin/sh
# The whole suite in two processes, each on real parts of its own that it starts and stops. Arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
# One stack of its own: whatever this shell points at is not touched.
unset DATABASE_URL DATABASE_OWNER_URL REDIS_URL EMAIL_URL DJANGO_SETTINGS_MODULE
# Whoever ends first takes half of what the other has left: the last tests are the long ones.
exec .venv/bin/python -m pytest -n 2 --dist worksteal "$@" # a later -n wins
