# One image for web, worker, beat and migration. Nothing of the demo's own parts is installed in it.
ARG BASE_IMAGE=python:3.11-slim-bookworm

FROM ${BASE_IMAGE} AS dependencias
WORKDIR /app
COPY requirements/uv.txt requirements/base.txt requirements/
RUN python -m venv /venv \
    && /venv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
    && /venv/bin/python -m uv pip install --no-cache --python /venv/bin/python --require-hashes -r requirements/base.txt \
    && /venv/bin/python -m uv pip uninstall --python /venv/bin/python uv

FROM ${BASE_IMAGE}
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core espeak-ng \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0700 /datos /datos/documentos /datos/llaves
WORKDIR /app
COPY --from=dependencias /venv /venv
COPY manage.py ./
COPY imss_portal imss_portal
COPY tramites tramites
COPY constancias constancias
COPY nss nss
COPY catalogos catalogos
COPY comun comun
COPY templates templates
COPY static static
# collectstatic connects nowhere: these values exist in this line only.
RUN python -m imss_portal.fuentes /app/fuentes \
    && SECRET_KEY=construccion DATABASE_URL=postgres://x@/x REDIS_URL=redis://x LLAVES_DATOS= LLAVES_INDICE= \
    FUENTES_DIR=/app/fuentes STATIC_ROOT=/app/staticfiles python manage.py collectstatic --noinput -v0 --skip-checks
ENV STATIC_ROOT=/app/staticfiles FUENTES_DIR=/app/fuentes
USER 10001
EXPOSE 8000
CMD ["gunicorn", "imss_portal.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--logger-class", "comun.registro_gunicorn.Registro"]
