SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
# Where it is set, output lost or doubled in a buffer goes unseen.
unexport PYTHONUNBUFFERED
.PHONY: demo test lint system bench samples lock clean

VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed-run
DEV := $(VENV)/.installed-dev
TEST_PACKAGES := procps postgresql libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils fonts-noto-cjk
PIP := $(BIN)/python -m pip --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header pyproject.toml

# Reads the invented submissions into a fresh database and prints what doesn't add up.
# gouji ends with 1 where something is flagged: that is what the demo is for. The export must end with 0.
demo: export GOUJI_DB := sqlite:///demo/gouji.db
demo: $(RUN)
	rm -rf demo && mkdir demo
	$(BIN)/gouji ingest samples/submissions || [ $$? -eq 1 ]
	$(BIN)/gouji flags || [ $$? -eq 1 ]
	$(BIN)/gouji export --output demo/records.jsonl && test -s demo/records.jsonl

test: system lint
	$(BIN)/pytest -n auto

lint: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

system:
	.ci/packages $(TEST_PACKAGES)

bench: $(DEV)
	$(BIN)/python -m bench
	$(BIN)/python -m bench routes

# Writes samples/submissions anew; the goldens beside them are only ever changed by hand.
samples: $(DEV)
	$(BIN)/python -m samples.generate

lock: $(DEV)
	$(COMPILE) --group build -o requirements.lock
	$(COMPILE) --extra ocr --group build --group dev --constraint requirements.lock -o requirements-dev.lock

clean:
	rm -rf demo build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(RUN): requirements.lock pyproject.toml
	.ci/venv $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	touch $@

$(DEV): requirements-dev.lock $(RUN)
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	touch $@
