# One command per job. `make demo` and `make test` are all a newcomer needs.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check docs bench bench-augment bench-first-run clean

demo: .venv/core  ## install, and train on real handwritten digits
	$(BIN)/trainwell train digits

test: .venv/dev  ## install what tests need, and run them all
	scripts/browser
	OMP_NUM_THREADS=1 $(BIN)/pytest --numprocesses auto --dist worksteal
	OMP_NUM_THREADS=1 $(BIN)/pytest --numprocesses auto -m compile

check: .venv/dev  ## format, lint, types, architecture, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy --strict examples/*.py
	$(BIN)/pytest -q tests/test_architecture.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

docs: .venv/dev  ## serve the docs site at localhost:8000
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve

bench: .venv/dev  ## measure speed against bare loops and plain layers
	$(BIN)/python -m benchmarks.loop_overhead
	$(BIN)/python -m benchmarks.loading
	$(BIN)/python -m benchmarks.folding
	$(BIN)/python -m benchmarks.techniques

bench-augment: .venv-peers/done  ## measure augmentation beside other libraries
	.venv-peers/bin/python -m benchmarks.agreement
	.venv-peers/bin/python -m benchmarks.augment

bench-first-run: .venv-first-run/done  ## train in equal time beside other libraries
	.venv-first-run/bin/python -m benchmarks.first_run

clean:  ## remove what these commands made
	find . -name "*.nb[ic]" -delete
	rm -rf .venv .venv-peers .venv-first-run site .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/core: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "trainwell needs Python 3.11 or newer: make PYTHON=python3.11 ..."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --constraint constraints.txt --editable .
	touch $@

.venv/dev: .venv/core
	$(BIN)/pip install --constraint constraints.txt --editable '.[dev]'
	touch $@

.venv-peers/done: pyproject.toml constraints.txt benchmarks/augment/peers.txt
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install --constraint constraints.txt --editable .
	.venv-peers/bin/pip install --no-deps --requirement benchmarks/augment/peers.txt
	.venv-peers/bin/pip install --constraint constraints.txt scipy
	touch $@

.venv-first-run/done: pyproject.toml constraints.txt benchmarks/first_run/peers.txt
	$(PYTHON) -m venv .venv-first-run
	.venv-first-run/bin/pip install --constraint constraints.txt --editable . \
	    beartype cloudpickle fsspec requests tqdm
	.venv-first-run/bin/pip install --no-deps --requirement benchmarks/first_run/peers.txt
	touch $@
