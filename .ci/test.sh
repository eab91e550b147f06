#!/bin/sh
# The whole suite in two processes, each on real parts of its own that it starts and stops. Arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
# One stack of its own: whatever this shell points at is not touched.
unset DATABASE_URL DATABASE_OWNER_URL REDIS_URL EMAIL_URL DJANGO_SETTINGS_MODULE
exec .venv/bin/python -m pytest -n 2 "$@" # a later -n wins
