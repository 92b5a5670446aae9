PYTHON ?= python3.11
SELA := .venv/bin/sela

.PHONY: run test setup models check api-cases clean

run: setup  ## Set everything up, ingest the sample corpus and serve the page and the API
	$(SELA) ingest corpus
	$(SELA) up

test: setup  ## Set everything up and run the whole test suite
	.venv/bin/python -m pytest -m "slow or not slow"

setup: .venv/.installed models

.venv/.installed: pyproject.toml constraints.txt
	test -x .venv/bin/python || $(PYTHON) -m venv .venv || python3 -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	touch $@

models: .venv/.installed  ## Prepare the default models once; a second call finds them ready
	$(SELA) model prepare

check: setup  ## Lint, types, import law
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

api-cases: setup  ## Try the whole API reference with more than 10,000 cases
	SELA_TEST_EXAMPLES=400 .venv/bin/python -m pytest -m slow --timeout 3600 tests/test_api_clients.py -k reference

clean:
	rm -rf .venv data
