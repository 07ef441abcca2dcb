# Two commands do everything: `make demo` and `make test`. Both begin with `make setup`.
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SEEDS ?= 200
FROM ?= 0
ARGS ?=
ONLY ?=
FORMAT ?= table

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-fast lint format bench sim lock clean

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "make %-11s %s\n", $$1, $$2}'

setup: $(STAMP) ## Make .venv from the locked packages (every other target does it first)
	@echo "setup: .venv is ready ($$($(BIN)/python --version))"

$(STAMP): requirements-dev.lock pyproject.toml tools/setup.sh
	@tools/setup.sh

demo: $(STAMP) ## Found a mechanism of three nodes and play a day (ARGS="--exit" ends by itself)
	@$(BIN)/parley demo $(ARGS)

test: $(STAMP) ## Run all tests, with a fixed share of the simulator
	@$(BIN)/python -m pytest -q $(ARGS)

test-fast: $(STAMP) ## Run the tests that take no time
	@$(BIN)/python -m pytest -q -m "not slow" $(ARGS)

lint: $(STAMP) ## Check style, types, imports and house rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache --no-logo
	@$(BIN)/python -m tools.house_lint

format: $(STAMP) ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(STAMP) ## Measure against references in one run (ONLY=record, FORMAT=json)
	@$(BIN)/python -m bench $(if $(ONLY),--only $(ONLY)) --format $(FORMAT)

sim: $(STAMP) ## Run the simulator (SEEDS=n, FROM=first seed)
	@$(BIN)/python -m tests.sim --seeds $(SEEDS) --from $(FROM) --jobs 2

lock: $(STAMP) ## Make the lock files again from pyproject.toml
	@$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements.lock pyproject.toml
	@$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --extra dev --output-file requirements-dev.lock pyproject.toml

clean: ## Remove what make made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist src/*.egg-info
