# Everything starts here: `make help`. Needs Python 3.11, 3.12 or 3.13 and make; all else is set up in .venv.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The first Python that will do; `make PYTHON=/path/to/python3.12 run` to name another.
PYTHON ?= $(shell for p in python3 python3.12 python3.11 python3.13; do \
  $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)

.DEFAULT_GOAL := help
.PHONY: help setup run test check eval calibrate bench lint docs lock clean

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(READY) ## create .venv with all packages, and fetch the broker's jars (done by the others when needed)

$(READY): requirements.lock pyproject.toml services/broker/kafka.lock
	@test -n "$(PYTHON)" || { echo 'Dateline needs Python 3.11, 3.12 or 3.13: none found. Name one: make PYTHON=... ' >&2; exit 2; }
	@if command -v uv >/dev/null 2>&1; then set -e; \
	  echo 'Setting up $(VENV) with uv ...'; \
	  test -x $(BIN)/python || uv venv --quiet --python "$(PYTHON)" $(VENV); \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock; \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else set -e; \
	  echo 'Setting up $(VENV) with pip (a minute or two) ...'; \
	  test -x $(BIN)/python || $(PYTHON) -m venv $(VENV); \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	fi
	@$(BIN)/dateline broker install
	@touch $(READY)

run: $(READY) ## start broker, worker and sink, send the seeds through, show what came out (ONCE=1: then stop)
	@$(BIN)/dateline demo $(if $(ONCE),--once)

test: $(READY) ## run all tests, on the real embedded broker
	@$(BIN)/python -m pytest $(ARGS)

lint: $(READY) ## formatting, style, types, layers, and that generated files are current
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m schemas.export --check
	@$(BIN)/python seeds/build_broken.py --check
	@$(BIN)/python -m services.cli.reference --check

check: lint test ## exactly what CI runs

eval: $(READY) ## score the event coder on the gold set, or on labels of yours (IN=labels.jsonl; ARGS=--mistakes)
	@$(BIN)/dateline eval "$(or $(IN),tests/gold)" $(ARGS)

calibrate: $(READY) ## fit the confidence of events to the gold set that is not blind, or to IN=labels.jsonl (ARGS=--dry-run)
	@$(BIN)/python -m services.cli.calibrate $(IN) $(ARGS)

bench: $(READY) ## articles per second from feed to row beside bare spaCy, and peak memory (IN=articles.jsonl)
	@$(BIN)/python -m tests.bench.throughput $(if $(IN),--articles "$(IN)")

docs: $(READY) ## write the generated pages: schemas, metrics, settings, broken seeds
	@$(BIN)/python -m schemas.export
	@$(BIN)/python seeds/build_broken.py
	@$(BIN)/python -m services.cli.reference

lock: ## resolve requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --upgrade --quiet -o requirements.lock

clean: ## remove .venv, caches, and the demo's data
	rm -rf $(VENV) .dateline .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
