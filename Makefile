# What people run here. `make test` in a fresh clone does all that it takes.

BIN = .venv/bin
CATALOGUE = index/language

.PHONY: venv test slow coverage lint types contracts messages manual bench screenshot build clean

venv: $(BIN)/.made

$(BIN)/.made: pyproject.toml
	python3 -m venv .venv
	$(BIN)/pip install -q -e '.[dev]'
	touch $@

test: venv              # everything but the slow ones, under three minutes
	$(BIN)/python -m pytest

slow: venv              # kills, 100,000 files, the interface over a large archive
	$(BIN)/python -m pytest -m slow

coverage: venv          # takes twice the time of the tests
	$(BIN)/python -m pytest --cov --cov-report=term --hypothesis-profile=ci

lint: venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell

types: venv
	$(BIN)/mypy

contracts: venv
	$(BIN)/lint-imports

messages: venv          # takes new messages into the catalogue, and makes of it what is read
	$(BIN)/pybabel -q extract -k N_ -k counted:2,3 -k Damage -c i18n: --no-wrap --omit-header \
	    --add-location=file --sort-by-file -o $(CATALOGUE).pot index search tui
	$(BIN)/pybabel -q update -l fr --no-wrap --ignore-obsolete -N --ignore-pot-creation-date -i $(CATALOGUE).pot -o $(CATALOGUE)/fr.po
	$(BIN)/pybabel -q compile -l fr -i $(CATALOGUE)/fr.po -o $(CATALOGUE)/fr.mo
	rm $(CATALOGUE).pot

manual: venv            # the manual page, of the texts of the help
	$(BIN)/python -m search.cli.manual search/cli/man

bench: venv
	$(BIN)/python -m tests.benchmarks.compare
	$(BIN)/python -m tests.benchmarks.time_startup

screenshot: venv
	$(BIN)/python -m tests.support.take_screenshot
	$(BIN)/python -m tests.support.take_recording

build: venv             # wheel and source, in dist/
	$(BIN)/python -m build

clean:
	rm -rf build dist .coverage* .*_cache .hypothesis *.egg-info
	find index search tui tests -name __pycache__ -prune -exec rm -rf {} +
