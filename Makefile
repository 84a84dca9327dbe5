# make soc2   the sample company's controls over its exports
# make test   what CI runs: ruff, mypy, the tests
# make bench  speed and memory beside a plain pytest loop

VENV ?= .venv
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN = $(abspath $(VENV))/bin
READY = $(VENV)/.ready

.PHONY: soc2 test bench

soc2: $(READY)
	cd fixtures/acme && $(BIN)/python -m pytest --soc2

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

bench: $(READY)
	$(BIN)/python -m benchmarks.run

# made again where the dependencies change
$(READY): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@
