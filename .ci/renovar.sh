#!/bin/sh
# Compiles every list anew with the newest that its .in admits, and notes the day. Then run the whole gate.
set -eu
cd "$(dirname "$0")/.."
for pide in requirements/*.in; do
  .venv/bin/python -m uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --no-emit-index-url "$pide" -o "${pide%.in}.txt"
done
.venv/bin/python .ci/componentes.py --anota
