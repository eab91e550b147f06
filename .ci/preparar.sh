#!/bin/sh
# usage: .ci/preparar.sh demo|test
# Installs what this machine lacks, once, and says what it does. Nothing to do: a blink.
set -eu
grupo=${1:-demo}
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
lista="requirements/$grupo.txt"
sello=.venv/preparado
[ -f "$lista" ] || { echo "No existe $lista: el grupo es demo o test" >&2; exit 2; }

di() { printf '==> %s\n' "$*" >&2; }
tiene() { { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null; } | grep -q "$1"; }
hay() { command -v "$1" >/dev/null 2>&1; }
sirve() { "$1" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
huella() { sha256sum "requirements/$1.txt" | cut -d ' ' -f 1; }
al_dia() { grep -qsx "$1 $(huella "$1")" "$sello" && .venv/bin/python -c 'import django' 2>/dev/null; }

busca_python() {
  for candidato in ${PYTHON:-} python3 python3.11 python3.12 python3.13 /usr/bin/python3; do
    if hay "$candidato" && sirve "$candidato"; then echo "$candidato"; return; fi
  done
}

faltantes() {
  [ -x .venv/bin/python ] || [ -n "$(busca_python)" ] || printf ' python3 python3-venv'
  tiene libpango-1.0.so.0 || printf ' libpango-1.0-0'
  tiene libpangoft2-1.0.so.0 || printf ' libpangoft2-1.0-0'
  tiene libharfbuzz-subset.so.0 || printf ' libharfbuzz-subset0'
  [ -e /usr/share/fonts/truetype/noto/NotoSans-Regular.ttf ] || printf ' fonts-noto-core'
  hay espeak-ng || printf ' espeak-ng' # the captcha's voice
  [ "$grupo" = test ] || return 0
  { [ -n "${CHROMIUM:-}" ] && hay "$CHROMIUM"; } || hay chromium || hay google-chrome || printf ' chromium'
  tiene libatomic.so.1 || printf ' libatomic1' # Playwright's driver
  hay pdfsig || printf ' poppler-utils'
  hay qpdf || printf ' qpdf'
  hay zbarimg || printf ' zbar-tools'
  hay openssl || printf ' openssl'
}

sistema() {
  faltan=$(faltantes)
  [ -n "$faltan" ] || return 0
  orden="apt-get install -y --no-install-recommends$faltan"
  if [ "$(id -u)" = 0 ]; then como=""
  elif hay sudo && sudo -n true 2>/dev/null; then como="sudo -n"
  else como="no"; fi
  if [ "$como" = no ] || ! hay apt-get; then
    di "Faltan paquetes del sistema. Pide a quien administra la máquina esta línea y vuelve a intentarlo:"
    echo "    $orden" >&2
    exit 1
  fi
  di "paquetes del sistema:$faltan"
  # shellcheck disable=SC2086 # words on purpose
  if ! salida=$({ $como apt-get update -qq && $como $orden -qq; } 2>&1); then
    printf '%s\n' "$salida" >&2
    di "apt no pudo. La línea era: $orden"
    exit 1
  fi
}

entorno() {
  if [ -e .venv ] && ! .venv/bin/python -c 'import sys' 2>/dev/null; then
    di "el entorno .venv ya no arranca: se hace de nuevo"
    rm -rf .venv
  fi
  [ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1 && return 0
  di "entorno de Python en .venv"
  "$(busca_python)" -m venv .venv
}

dependencias() {
  di "dependencias de Python ($grupo)"
  pip=".venv/bin/python -m pip install -q --disable-pip-version-check --no-input --require-hashes"
  if $pip -r requirements/uv.txt \
    && .venv/bin/python -m uv pip install -q --python .venv/bin/python --require-hashes -r "$lista"; then
    return 0
  fi
  di "uv no pudo; se sigue con pip"
  $pip -r "$lista"
}

# Programs that only read the code: apart, for they ask for other versions of what the portal uses.
revision() {
  casa=.venv/revision
  [ "$grupo" = test ] || return 0
  [ "$(cat $casa/preparado 2>/dev/null)" != "$(huella revision)" ] || return 0
  di "herramientas de revisión del código"
  .venv/bin/python -m venv --clear $casa
  .venv/bin/python -m uv pip install -q --python $casa/bin/python --require-hashes -r requirements/revision.txt \
    || $casa/bin/python -m pip install -q --disable-pip-version-check --no-input --require-hashes -r requirements/revision.txt
  huella revision >$casa/preparado
}

if hay flock && [ -z "${PREPARANDO:-}" ]; then # two starts at once: the second waits
  PREPARANDO=1 exec flock .ci/preparar.sh .ci/preparar.sh "$grupo"
fi
sistema
al_dia "$grupo" && revision && exit 0
entorno
dependencias
# The test list holds the demo list whole (tests/pila/test_preparar.py), so it answers for both.
{
  [ "$grupo" = demo ] || echo "demo $(huella demo)"
  echo "$grupo $(huella "$grupo")"
} >"$sello"
revision
