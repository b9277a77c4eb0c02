# textlab: make runs the study in study.toml, make test checks everything.
# Only Python 3.11 to 3.13 and make are assumed; the rest is installed into .venv from the lock.

PYTHON ?= python3
STUDY ?= study.toml
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
READY := $(VENV)/.ready
COMPARED := $(VENV)/.compared
LOCKS := requirements/build.txt requirements/lock.txt

# Where this is set, every command would compile pandas and gensim anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := run
.PHONY: run test lint bench evaluate lock clean help

run: $(READY) ## run the study (STUDY=file.toml for another one)
	$(BIN)/textlab run $(STUDY)

test: $(READY) ## lint, types and tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2

lint: $(READY) ## lint and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(COMPARED) ## times, each beside its bar
	$(BIN)/python -m tests.bench

evaluate: $(READY) ## precision and recall on hand-marked pages, beside doing nothing
	$(BIN)/python -m tests.evaluate

lock: ## renew the lock files (needs uv: pip install uv)
	uv pip compile pyproject.toml --extra all --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements/lock.txt
	uv pip compile requirements/build.in -c requirements/lock.txt --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  -o requirements/build.txt
	uv pip compile requirements/bench.in -c requirements/lock.txt --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --no-emit-package numpy -o requirements/bench.txt

clean: ## remove what make has made: .venv, caches, the demo's results
	rm -rf $(VENV) results/demo .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
	find textlab tests -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

# jieba comes as source only: its build tools are installed first, and no other are fetched.
$(READY): $(LOCKS) pyproject.toml
	@$(PYTHON) -c "import sys; v = sys.version_info[:2]; \
	  sys.exit(None if (3, 11) <= v <= (3, 13) else 'textlab wants Python 3.11 to 3.13, \
	found %d.%d; name another one: make PYTHON=python3.12' % v)"
	@echo "Installing into $(VENV): about a gigabyte, a minute or two."
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) install -qq --require-hashes -r requirements/build.txt
	$(PIP) install -qq --no-compile --no-build-isolation --require-hashes -r requirements/lock.txt
	$(PIP) install -qq --no-deps --no-build-isolation -e .
	touch $@

# What the benchmark alone compares with; where it cannot be had, the benchmark says so.
$(COMPARED): $(READY) requirements/bench.txt
	$(PIP) install -qq --no-deps --require-hashes -r requirements/bench.txt \
	  && touch $@ || echo "tomotopy could not be installed: it is left out"
