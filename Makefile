# The same names on a laptop and in CI. Everything happens in $(VENV), which is made when it is missing.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: dev test check example lock help

help:
	@echo "make example   draft and check a report from the fictional records, in ./voorbeeld"
	@echo "make test      the tests"
	@echo "make check     format, lint, types and import contracts"
	@echo "make dev       the environment that the others use"
	@echo "make lock      resolve requirements.lock anew (needs uv)"

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $(STAMP)

dev: $(STAMP)

test: $(STAMP)
	$(BIN)/python -m pytest

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

example: $(STAMP)
	$(BIN)/rapporteur init voorbeeld --example
	$(BIN)/rapporteur --workspace voorbeeld index
	$(BIN)/rapporteur --workspace voorbeeld draft ontmoeten-in-de-buurt --output voorbeeld/ontmoeten-in-de-buurt.docx
	$(BIN)/rapporteur --workspace voorbeeld check voorbeeld/ontmoeten-in-de-buurt.docx

lock:
	uv pip compile --quiet --universal --python-version 3.11 --group dev --no-emit-package rapporteur \
	  --no-emit-index-url --no-annotate --generate-hashes --custom-compile-command "make lock" \
	  --output-file requirements.lock pyproject.toml
