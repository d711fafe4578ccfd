# Every command of the project. `make help` lists them.
# The list of checks is CHECKS below; their settings are in pyproject.toml.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
DADOS ?= dados
DEMO ?= 1
ARGS ?=
NAME ?=

CHECKS := check-lint check-format check-types check-floors check-pages check-dates \
          check-migrations check-deploy check-compose check-dockerfile

# Values that production accepts and that open nothing.
EXEMPLO := CAGEC_AMBIENTE=producao CAGEC_SECRET_KEY=0123456789012345678901234567890123456789exemplo-sem-uso \
           CAGEC_ENDERECO=https://cagec.example.org CAGEC_HOSTS=cagec.example.org \
           DATABASE_URL=postgresql://127.0.0.1:1/cagec VALKEY_URL=redis://127.0.0.1:1/0 EMAIL_HOST=127.0.0.1 \
           S3_BUCKET=exemplo S3_ENDPOINT=https://127.0.0.1:1 S3_KEY=exemplo S3_SECRET=exemplo ANTIVIRUS=clamd

.DELETE_ON_ERROR:
.PHONY: help run test test-longo manual mutantes check fmt bench lock chromium dovecot clamd $(CHECKS)

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.embutido ## The whole portal on this machine. HOST=, PORT=, DADOS=folder, DEMO=0
	@HOST=$(HOST) PORT=$(PORT) CAGEC_DADOS=$(DADOS) DEMO=$(DEMO) \
		exec setpriv --pdeathsig TERM $(BIN)/python -m cagec.embutido

test: $(VENV)/.dev chromium dovecot clamd ## Every test, on real services and a real browser. ARGS="-k crc -n0"
	@$(BIN)/pytest $(ARGS)

test-longo: $(VENV)/.dev chromium dovecot clamd ## The long tests: processes and services killed by the dozen
	@$(BIN)/pytest -m longo $(ARGS)

check: $(VENV)/.dev ## Every check that runs nothing: style, types, floors, migrations, deployment
	@$(MAKE) --no-print-directory --keep-going --output-sync=target --jobs=2 $(CHECKS)

manual: $(VENV)/.dev chromium dovecot ## Take the pictures of the manual again, with the browser journeys (static/manual/)
	@CAGEC_RETRATOS=static/manual $(BIN)/pytest tests/jornadas $(ARGS)

fmt: $(VENV)/.dev ## Put the code in the house style
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

bench: $(VENV)/.dev ## Measure the main pages and the regularity rule. NAME=situacao-todos
	@$(BIN)/python -m bench $(NAME)

mutantes: $(VENV)/.dev ## Change the regularity rule, one mistake at a time: would the tests notice? (docs/mutantes.md)
	@$(BIN)/python -m tests.mutantes

lock: $(BIN)/uv ## Write requirements/ again from pyproject.toml, with hashes and without addresses. ARGS=--upgrade
	@$(TRAVAR) --group ferramentas -o requirements/ferramentas.txt
	@$(TRAVAR) pyproject.toml -o requirements/base.txt
	@$(TRAVAR) pyproject.toml --group embutido -o requirements/embutido.txt
	@$(TRAVAR) pyproject.toml --group dev -o requirements/dev.txt

TRAVAR = $(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet $(ARGS)

# --- checks -----------------------------------------------------------------------------------------

check-lint:
	@$(BIN)/ruff check .

check-format:
	@$(BIN)/ruff format --check .

check-types:
	@$(BIN)/mypy .

check-floors:
	@$(BIN)/lint-imports

check-pages:
	@$(BIN)/djlint --lint --quiet templates

# The day is always a parameter, in the time zone of Minas Gerais: the server's own clock decides nothing.
check-dates:
	@! git grep -nIiE 'CURRENT_DATE|now\(\)\s*::\s*date|(_em|_at|timestamp\w*|now\(\))\s*::\s*date' -- '*.py' '*.sql'

check-migrations:
	@$(BIN)/python -W 'ignore:Got an error checking a consistent migration history' \
		manage.py makemigrations --check --dry-run

check-deploy:
	@env $(EXEMPLO) $(BIN)/python manage.py check --deploy --fail-level WARNING

check-compose:
	@CAGEC_ENV=deploy/exemplo.env $(BIN)/docker-compose --env-file deploy/exemplo.env config -q

check-dockerfile:
	@$(BIN)/hadolint Dockerfile

# --- environment ------------------------------------------------------------------------------------

# $(call instalar,packages): with apt-get when this is root, otherwise say what to install.
define instalar
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	echo "Instalando $(1)…"; \
	apt-get install -y --no-install-recommends $(1) >/dev/null 2>&1 \
	|| { apt-get update >/dev/null && apt-get install -y --no-install-recommends $(1) >/dev/null; }; \
else echo "Falta um pacote do sistema. Instale-o e repita o comando:  sudo apt-get install $(1)" >&2; exit 1; fi
endef

$(BIN)/uv: requirements/ferramentas.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "É preciso Python 3.11 ou mais novo. Aponte-o assim:  make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { $(call instalar,python3-venv); }
	@echo "Criando o ambiente em $(VENV)…"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.embutido: requirements/embutido.txt $(BIN)/uv
	@echo "Instalando as bibliotecas de $<…"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $<
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(BIN)/uv
	@echo "Instalando as bibliotecas de $<…"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $<
	@touch $@ $(VENV)/.embutido

chromium:
	@for nome in chromium chromium-browser google-chrome; do command -v $$nome >/dev/null && exit 0; done; \
	$(call instalar,chromium)

dovecot:
	@PATH="$$PATH:/usr/sbin"; command -v dovecot >/dev/null || { $(call instalar,dovecot-imapd); }

clamd:
	@PATH="$$PATH:/usr/sbin"; command -v clamd >/dev/null || { $(call instalar,clamav-daemon); }
