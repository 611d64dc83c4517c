# Two commands: `make film` carries an example to a finished film, `make test` runs every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STORY ?= examples/the-lamplighter.md
OUT ?= films/$(basename $(notdir $(STORY)))

.PHONY: film test local check lint lock clean

film: $(VENV)/.film
	$(BIN)/stillreel make $(STORY) --out $(OUT)
	@echo "The film: $(OUT)/out/film.mp4   the report: $(OUT)/out/report.html"

# One thread to a worker: libraries that spin while they wait would take the cores from each other.
test: export OMP_NUM_THREADS := 1
test: $(VENV)/.test
	$(BIN)/pytest -n auto --dist worksteal

# Open weights on this machine: with these installed, `make test` tries them on tiny weights too.
local: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-local.lock

lint: $(VENV)/.test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright
	$(BIN)/lint-imports

check: lint test

$(VENV)/.film: pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/.test: $(VENV)/.film requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	touch $@

# Resolve again from pyproject.toml; commit what changes.
lock:
	$(PYTHON) tools/lock.py

clean:
	rm -rf $(VENV) films
