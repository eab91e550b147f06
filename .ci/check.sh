#!/bin/sh
# Everything a change must pass besides the tests, in order of speed. The same on a laptop and in CI.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8 PATH="$PWD/.venv/bin:$PATH"
apps="imss_portal tramites constancias nss catalogos comun"

# Settings ask for these; no check connects anywhere.
llave=$(python -c 'import base64; print("c1:" + base64.b64encode(bytes(32)).decode())')
export SECRET_KEY="solo-para-revisar" DATABASE_URL="postgres://servicio@/portal" \
  DATABASE_OWNER_URL="postgres://dueno@/portal" REDIS_URL="redis://127.0.0.1:1/0" \
  LLAVES_DATOS="$llave" LLAVES_INDICE="$llave"

paso() {
  inicio=$(date +%s)
  printf '==> %s\n' "$*"
  "$@" || { echo "==> NO PASA: $*"; exit 1; }
  printf '    %s s\n' $(($(date +%s) - inicio))
}

paso ruff format --check .
paso ruff check .
paso python .ci/style_budget.py $apps tests bench .ci manage.py
paso python .ci/componentes.py
paso djlint --lint --quiet templates
paso lint-imports
paso python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
paso python .ci/revision.py
paso python .ci/check_deploy.py
paso mypy $apps
