# Two commands do everything: `make demo` and `make test`. Both begin with `make setup`.
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
FLOOR := $(VENV)/.floor
WEB := $(shell find web -name node_modules -prune -o -type f -print)
SEEDS ?= 200
FROM ?= 0
ARGS ?=
ONLY ?=
PEERS ?=
FORMAT ?= table

.DEFAULT_GOAL := help
.PHONY: help setup web demo test test-fast lint format bench sim lock clean

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "make %-11s %s\n", $$1, $$2}'

setup: $(STAMP) $(FLOOR) ## Make .venv from the locked packages and build the page (every other target does it first)
	@echo "setup: .venv is ready ($$($(BIN)/python --version))"

web: $(STAMP) ## Build the page anew (needs Node 20.19 or later)
	@tools/build_floor.sh

$(STAMP): requirements-dev.lock pyproject.toml tools/setup.sh
	@tools/setup.sh

$(FLOOR): $(STAMP) $(WEB) tools/build_floor.sh
	@tools/build_floor.sh --if-node

demo: $(STAMP) $(FLOOR) ## Found a mechanism of three nodes and play a day (ARGS="--exit" ends by itself)
	@$(BIN)/parley demo $(ARGS)

test: $(STAMP) $(FLOOR) ## Run all tests, with a fixed share of the simulator
	@$(BIN)/python -m pytest -q $(ARGS)

test-fast: $(STAMP) $(FLOOR) ## Run the tests that take no time
	@$(BIN)/python -m pytest -q -m "not slow and not browser" $(ARGS)

lint: $(STAMP) $(FLOOR) ## Check style, types, imports and house rules, of the page too
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache --no-logo
	@$(BIN)/python -m tools.house_lint
	@cd web && npm run --silent check

format: $(STAMP) ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@cd web && npm run --silent format

bench: $(STAMP) $(FLOOR) ## Measure against references in one run (ONLY=record, PEERS=1, FORMAT=json)
	@$(BIN)/python -m bench $(if $(ONLY),--only $(ONLY)) $(if $(PEERS),--peers) --format $(FORMAT)

sim: $(STAMP) ## Run the simulator (SEEDS=n, FROM=first seed)
	@$(BIN)/python -m tests.sim --seeds $(SEEDS) --from $(FROM) --jobs 2

lock: $(STAMP) ## Make the lock files again from pyproject.toml
	@$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements.lock pyproject.toml
	@$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --extra dev --output-file requirements-dev.lock pyproject.toml

clean: ## Remove what make made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist src/*.egg-info src/parley/api/floor web/node_modules
