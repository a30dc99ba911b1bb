# Fangyu: `make demo` shows the sample district, `make test` runs every test. Nothing else is needed beforehand
# but python3 (3.11 or newer) with venv.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PORT   ?= 8000
BUILD  := pyproject.toml hatch_build.py web/package.json web/package-lock.json

.PHONY: demo test check fast bench docs clean

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BUILD) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.dev: $(BUILD) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ $(VENV)/.run

$(VENV)/.docs: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[docs]'
	touch $@

demo: $(VENV)/.run  ## the sample district on http://127.0.0.1:8000
	$(BIN)/fangyu demo demo --serve --port $(PORT)

test: $(VENV)/.dev  ## every test, the browser ones included
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.dev  ## what has to be green before a commit
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow and not browser"

$(VENV)/.bench: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	touch $@

bench: $(VENV)/.bench  ## figures for speed and memory, as ratios where there is a peer
	$(BIN)/python bench/run.py
	$(BIN)/python bench/services.py
	$(BIN)/python bench/names_speed.py
	$(BIN)/python bench/names.py

docs: $(VENV)/.docs  ## docs/_build/index.html
	$(BIN)/python -m sphinx -q -W -b html docs docs/_build

clean:
	rm -rf $(VENV) demo dist build docs/_build web/static/vendor
