# Two commands do everything on a machine with python3 (>= 3.11) and make:
#   make run     the main job on the example data
#   make test    the tests
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := $(BIN)/uv
READY  := $(VENV)/.ready
LUMBUNG := $(BIN)/lumbung
# Processes that run the tests.
WORKERS ?= auto

.PHONY: setup run test lint bench mutation fuzz serve clean docs gaya temuan bab-iii realdata

setup: $(READY)

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("lumbung needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(READY): $(BIN)/python pyproject.toml uv.lock
	test -x $(UV) || $(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip --upgrade >/dev/null
	test -x $(UV) || $(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9'
	UV_PROJECT_ENVIRONMENT=$(VENV) $(UV) sync --frozen --quiet --inexact --compile-bytecode
	touch $(READY)

# Exit 2 says "published, with some figures withheld": for the examples that is the point, not a failure.
run: $(READY)
	$(LUMBUNG) accept examples/bersama examples/630103 examples/630609
	$(LUMBUNG) run || [ $$? -eq 2 ]

test: $(READY)
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# ONLY=job (or another of benchmarks/run.py) runs one part; QUICK=1 takes a minute and says less.
bench: $(READY)
	$(BIN)/python -m benchmarks.run $(if $(ONLY),--only $(ONLY)) $(if $(QUICK),--quick)

# Errors planted in clean tables, and which rules find them: docs/reference/mutasi.md; TIMES=2 is quick.
mutation: $(READY)
	$(BIN)/python -m benchmarks.mutation $(if $(TIMES),--times $(TIMES)) $(if $(SEED),--seed $(SEED))

# Damaged files through the door: FUZZ_MUTANTS=2000 FUZZ_SEED=1 make fuzz; failures stay in lumbung-fuzz/ of the
# temporary folder.
fuzz: $(READY)
	$(BIN)/python -m tests.fuzz.mutate

docs: $(READY)
	$(BIN)/python -m docs.generate

# The two Word styles of Bab III that come with lumbung: warehouse/bab_iii/gaya
gaya: $(READY)
	$(BIN)/python -m examples.gaya

# The printed reports' tables beside those made here, from a run of the examples: docs/reference/bab-iii.md
bab-iii: $(READY)
	$(BIN)/python -m docs.bab_iii

# What two runs of the examples find of the discrepancies known in the reports: docs/reference/temuan-laporan.md
temuan: $(READY)
	$(BIN)/python -m docs.discrepancies

# What became of every file of a folder of real files: make realdata LUMBUNG_REALDATA=FOLDER
realdata: $(READY)
	$(BIN)/python -m docs.real_files $(LUMBUNG_REALDATA)

serve: $(READY)
	$(LUMBUNG) serve

# Removes what was made; received files and their ledger stay.
clean:
	rm -rf $(VENV) warehouse/layers .pytest_cache .mypy_cache .ruff_cache .hypothesis
