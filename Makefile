# Everything runs in .venv, which the targets make by themselves. `make` alone lists them.
PYTHON ?= python3
ADDR ?= localhost:8000
# Test processes: one more than there are processors, since tests wait for git and the browser.
JOBS ?= $(shell $(PYTHON) -c "import os; print(min(os.cpu_count() or 1, 7) + 1)")
ARGS ?=
# What people give is text: nothing like $(...) in it is run, by make or by the shell, which reads it from its environment.
override VERSION := $(value VERSION)
override ALIAS := $(value ALIAS)
override PUSH := $(value PUSH)
export VERSION ALIAS
# Format of reports: text, json, junit, github or sarif.
FORMAT ?= text

VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
PY := $(BIN)/python.exe
else
BIN := $(VENV)/bin
PY := $(BIN)/python
endif
# A stamp says that what the lock files name is installed. It carries the folder's address, since
# a copied .venv would still use the sources it was made from.
HERE := $(shell pwd | cksum | cut -d' ' -f1)
READY := $(VENV)/.ready-$(HERE)
DEV := $(VENV)/.ready-dev-$(HERE)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
# Material's notice that it ends in 2027, on every build: known, hence the exact pins.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve publish test coverage check external format bench lighthouse oracle lock hooks clean distclean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

site: $(READY) ## Build both languages into site/, strictly, and check the result
	$(PY) -m mkdocs build
	$(BIN)/docsite check-site site --format $(FORMAT)
	@echo "The guide is in site/. To read it with its search: make serve"

serve: $(READY) ## Live preview at http://localhost:8000 (ADDR=host:port to change)
	$(PY) -m mkdocs serve --dev-addr $(ADDR)

publish: $(READY) ## Publish on gh-pages: VERSION=1.2 (ALIAS=name; PUSH=1 pushes it too)
	$(if $(VERSION),,$(error Say which version: make publish VERSION=1.2))
	@set -f; for name in $$ALIAS; do set -- "$$@" --alias "$$name"; done; \
	$(BIN)/docsite publish "$$VERSION" "$$@" $(if $(filter-out 0 no,$(PUSH)),--push) $(ARGS)

test: $(DEV) ## Run the tests (ARGS="-k links" for some of them)
	@CHROMIUM="$$($(PY) tests/chromium.py)" && export CHROMIUM && \
	$(PY) -m pytest -n $(JOBS) --dist worksteal $(ARGS) $(COV)

coverage: COV = --cov
coverage: test ## Run the tests and measure what they cover, which takes longer

check: $(DEV) ## Lint, types, and the guide's sources
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(BIN)/docsite check --format $(FORMAT)

external: $(DEV) ## Check the addresses outside the site (needs the network)
	$(BIN)/docsite check-external --format $(FORMAT) $(ARGS)

format: $(DEV) ## Format the code and apply the fixes of ruff
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

bench: $(DEV) ## Measure the commands
	$(PY) -m tests.bench $(ARGS)

# Lighthouse comes from npm, outside the lock files, so that only this target needs Node.
LIGHTHOUSE ?= npx --yes lighthouse@12.2.3
lighthouse: $(DEV) ## Measure the built guide with Lighthouse, five runs a page (needs Node 20)
	@CHROMIUM="$$($(PY) tests/chromium.py)" && export CHROMIUM && \
	$(PY) -m tests.bench.lighthouse $(LIGHTHOUSE)

oracle: $(DEV) ## Render the golden inputs again with Jekyll (which must be installed)
	$(PY) tests/oracle/update.py $(ARGS)

# --no-strip-extras: without the extra, pip before 23.3 takes the newest `coverage` for `coverage[toml]` and refuses it.
# --custom-compile-command keeps the paths and settings of this machine out of the files.
LOCK = $(PY) -m uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-strip-extras --quiet --custom-compile-command "make lock" $(ARGS)

lock: $(DEV) ## Write the lock files after a change in pyproject.toml (ARGS=--upgrade for the newest)
	$(LOCK) --group build --output-file requirements.txt
	$(LOCK) --group build --group dev --constraints requirements.txt --output-file requirements-dev.txt

hooks: $(DEV) ## Run the quick checks before every git commit
	$(PY) -m pre_commit install

clean: ## Remove what was built
	rm -rf site dist .cache .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache htmlcov
	find hooks tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## Remove .venv too
	rm -rf $(VENV)

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, and $(PYTHON) is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv --clear $(VENV)

$(READY): $(PY) requirements.txt pyproject.toml
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip
	@echo "Installing into $(VENV), half a minute or so ..."
	$(PY) -m pip install --quiet --require-hashes -r requirements.txt
	$(PY) -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): $(READY) requirements-dev.txt
	@echo "Installing the tools for development into $(VENV) ..."
	$(PY) -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@
