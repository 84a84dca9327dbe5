# make soc2   the sample company's controls over its exports
# make test   what CI runs: ruff, mypy (make lint), the tests
# make test-all   the tests under each Python from 3.11 to 3.14 that is installed, each in an environment of its own
# make test-services  tests that need servers, packages or an environment of their own; a skip fails
# make kills  300 runs that are killed: no artifact of yesterday, no mixed set, never exit 0 (minutes)
# make damage the long run: what `make test` tries a sample of, whole (every case, every example of hypothesis), and every
#             file of acme lost, cut and overwritten in every way: no control may look better. About an hour. Prints the
#             counts, each file that nobody misses with the reason, and each list that can lose an entry without notice
# make mutants  small faults put into the framework one by one, and whether its own tests notice them: a sample
#             (SEED=1 COUNT=100 JOBS=2), or all of a place (AT=soc2test/FILE.py:LINE); minutes
# make planted  entries of an odd shape in every list of every export: how many vanish, how many blame a plugin
# make secrets  kinds of secrets x encodings x channels: what can be read where
# make fuzz   the readers under atheris; SECONDS=600 for longer
# make docs   the documentation as a site: build/site/index.html
# make bench  speed and memory beside a plain pytest loop (make huge: over exports of 1 GB)
# make many   many small files beside a json loop (ACCOUNTS="50 200"; 1000 of them take ten minutes)
# make page   matrix.html of 10,000 findings in Chromium: its size, time to first paint and to a filtered list
# make periods  a period beside loops and single runs: many resources of which few change a day, and acme's own days
# make proofs  policies/proofs.json: that each shipped control can fail, over acme; anew where a control changes
# make samples SAMPLES=FOLDER  what becomes of a folder of real exports

VENV ?= .venv
SAMPLES ?= ../shared/samples
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN = $(abspath $(VENV))/bin
READY = $(VENV)/.ready

.PHONY: soc2 lint test test-all test-services kills mutants damage planted secrets fuzz bench huge many periods samples proofs page docs

soc2: $(READY)
	cd fixtures/acme && $(BIN)/python -m pytest --soc2

# mypy follows no package-dir mapping: it finds policies/ and plugins/ under their import names in build/types
lint: $(READY)
	mkdir -p build/types
	ln -sfn ../../policies build/types/soc2test_policies
	ln -sfn ../../plugins build/types/soc2test_plugins
	$(BIN)/ruff check .
	$(BIN)/mypy

# the tests start some hundred interpreters: where the environment forbids to keep bytecode, each would compile all of soc2test
test: export PYTHONDONTWRITEBYTECODE :=
test: lint
	$(BIN)/python -m pytest -n auto --dist worksteal

# of the versions, those that are not there are named
test-all:
	@for version in 3.11 3.12 3.13 3.14; do \
	    if python$$version -c '' 2> /dev/null; then \
	        $(MAKE) test VENV=.venv-$$version PYTHON=python$$version || exit 1; \
	    else echo "python$$version is not installed"; fi; done

test-services: $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[browser]'
	$(BIN)/python -m pytest -m services

docs: export NO_MKDOCS_2_WARNING := 1
docs: $(READY)
	$(BIN)/python -m mkdocs build --quiet
	@echo build/site/index.html

kills: $(READY)
	$(BIN)/python -m benchmarks.kills

COUNT ?= 100
JOBS ?= 1

mutants: $(READY)
	$(BIN)/python -m benchmarks.mutants --jobs $(JOBS) --count $(COUNT) $(if $(SEED),--seed $(SEED)) $(foreach place,$(AT),--at $(place))

damage: export SOC2TEST_EXAMPLES := all
damage: $(READY)
	$(BIN)/python -m pytest -n auto -m long --figures

planted: $(READY)
	$(BIN)/python -m pytest -q --figures tests/plugins/test_planted_items.py

secrets: $(READY)
	$(BIN)/python -m pytest -q -m "long or not long" tests/pytest_plugin/test_secrets_everywhere.py

SECONDS ?= 60

fuzz: $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[fuzz]'
	$(BIN)/python tests/fuzz/fuzz_readers.py -max_total_time=$(SECONDS)

bench: $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	$(BIN)/python -m benchmarks.run

huge: $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	$(BIN)/python -m benchmarks.run --only huge

proofs: $(READY)
	cd fixtures/acme && $(BIN)/soc2test prove --as-of 2026-11-20T12:00:00Z --save ../../policies/proofs.json
	cd docs && $(BIN)/soc2test controls --format markdown > controls.md

ACCOUNTS ?= 50 200

many: $(READY)
	$(BIN)/python -m benchmarks.many_files $(ACCOUNTS)

page: $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[browser]'
	$(BIN)/python -m benchmarks.page

DAYS ?= 180

periods: $(READY)
	$(BIN)/python -m benchmarks.period_growth $(DAYS)
	$(BIN)/python -m benchmarks.period_runs 30

samples: $(READY)
	$(BIN)/python -m benchmarks.samples $(SAMPLES)

# made again where the dependencies change
$(READY): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@
