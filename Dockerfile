# The production image: only what requirements/base.txt locks; no embedded service, no test tool.
FROM python:3.11-slim-bookworm AS bibliotecas
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /opt/cagec \
    && /opt/cagec/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/base.txt

FROM python:3.11-slim-bookworm
ENV PATH=/opt/cagec/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    CAGEC_ESTATICOS=/srv/estaticos \
    CAGEC_DADOS=/srv/dados
RUN useradd --system --uid 10001 --home-dir /srv --shell /usr/sbin/nologin cagec \
    && install -d -o cagec -g cagec /srv/estaticos /srv/dados
COPY --from=bibliotecas /opt/cagec /opt/cagec
WORKDIR /srv/cagec
COPY manage.py pyproject.toml ./
COPY cagec cagec
COPY contas contas
COPY documentos documentos
COPY convenentes convenentes
COPY atendimento atendimento
COPY templates templates
COPY static static
# Hashed and compressed static files do not depend on where the image runs.
RUN CAGEC_AMBIENTE=embutido python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q . \
    && chown -R cagec:cagec /srv/estaticos
ENV CAGEC_AMBIENTE=producao
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/saude/', timeout=4)"]
CMD ["python", "-m", "gunicorn", "cagec.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "3", "--threads", "8", "--worker-tmp-dir", "/dev/shm"]
