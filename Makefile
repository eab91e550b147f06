# The verbs of this project. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help demo demo-limpia recorrido test check prueba-larga renovar pantallas capturas

help: ## Esta lista
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r verbo texto; do printf '  make %-12s %s\n' "$$verbo" "$$texto"; done

demo: ## Instala lo que falte y levanta el portal entero en esta máquina (PUERTO=8000)
	@.ci/preparar.sh demo
	@.venv/bin/python manage.py demo

demo-limpia: ## Borra los datos de la demostración, si no está en marcha
	@.ci/preparar.sh demo
	@.venv/bin/python manage.py demo --limpia

recorrido: ## Un trámite entero por HTTP: CASO=localizado|asignado|inconcluso|retenido|verificar|reemitir|revocar [CURP=] [CORREO=]
	@.ci/preparar.sh demo
	@.venv/bin/python manage.py recorrido --caso "$${CASO:-asignado}" $${CURP:+--curp "$$CURP"} $${CORREO:+--correo "$$CORREO"}

test: ## Toda la suite sobre partes reales: Postgres, cola, trabajador, SMTP y Chromium
	@.ci/preparar.sh test
	@.ci/test.sh $(PYTEST)

prueba-larga: ## Las cifras grandes; las escribe en docs/medidas/
	@.ci/preparar.sh test
	@.ci/test.sh -n 0 -m larga tests/larga $(PYTEST)
	@.venv/bin/python .ci/cobertura.py
	@.venv/bin/python .ci/componentes.py --estricto

renovar: ## Las dependencias, otra vez con lo más nuevo; después, make check y make test
	@.ci/preparar.sh test
	@.ci/renovar.sh

check: ## Formato, reglas, tipos, contratos, migraciones y despliegue
	@.ci/preparar.sh test
	@.ci/check.sh

pantallas: ## Las pantallas de docs/pantallas.md, a salida/pantallas/
	@.ci/preparar.sh test
	@rm -rf salida/pantallas && mkdir -p salida/pantallas
	@PANTALLAS_DIR=$(CURDIR)/salida/pantallas .ci/test.sh tests/recorridos -k guide $(PYTEST)

capturas: ## Cada página y estado a 360 y 1280 px y en colores forzados, a salida/capturas/
	@.ci/preparar.sh test
	@rm -rf salida/capturas
	@.venv/bin/python -m tests.recorridos.capturas salida/capturas
