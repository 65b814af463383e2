# One command each: `make run`, `make test`, `make check`. All set up .venv themselves, on any machine that has
# Python 3.11 or newer. Written for GNU make 3.81 (macOS) as well as 4.

# The interpreter to build .venv with; `make run PYTHON=/path/to/python3` names another one.
PYTHON =
CANDIDATES = $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python

# The moment as at which `make content` checks, in UK time, so that a commit that passed passes for ever: facts grow old
# by time alone, and that is for the weekly check to say (docs/writing.md, "Every week"). Whoever assures facts on a
# later day moves it on to that day.
CONTENT_AS_AT = 2026-11-22T12:00

VENV = .venv
BIN = $(VENV)/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps

# A stamp is younger than its lock file only if everything in the lock file has been installed.
RUN_STAMP = $(VENV)/.installed-run
DEV_STAMP = $(VENV)/.installed-dev

.PHONY: help setup run test check lint types content documents locks lock mutations container-test clean

help:
	@echo 'make run     serve the web chat at http://127.0.0.1:8080, and Telegram if a token is set'
	@echo 'make setup   install what is needed to run, and start nothing'
	@echo 'make test    run all tests'
	@echo 'make check   all of: make lint, make types, make content, make documents, make locks, make audit, make sbom'
	@echo 'make lock    renew the lock files within their present versions (needs uv);'
	@echo '             make lock UPGRADE=--upgrade takes the newest versions that pyproject.toml allows'
	@echo 'make mutations   break the content in every way we know, and see that each is caught (about ten minutes)'
	@echo 'make container-test   build the container twice and hold it to its promises (needs podman or docker)'
	@echo 'make clean   remove .venv and everything that tools leave behind'

setup: $(RUN_STAMP)

# Makes the content ready where it has changed since, so that every later start is quick. Content that cannot be made
# ready (not proven yet, or with mistakes in it) is loaded from its files, and `run` itself says what is wrong.
run: $(RUN_STAMP)
	@$(BIN)/python -m bot content prepare --unless-ready >/dev/null 2>&1 || true
	@exec $(BIN)/python -m bot run

test: $(DEV_STAMP)
	$(BIN)/python -m pytest -n auto --dist worksteal

check: lint types content documents locks audit sbom

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV_STAMP)
	$(BIN)/mypy

content: $(DEV_STAMP)
	$(BIN)/python -m bot check --at $(CONTENT_AS_AT)

# Fails when a hazard of the safety case names a check, test or story that is not there, or a page is out of date.
documents: $(DEV_STAMP)
	$(BIN)/python -m tests.tools.make_documents --check

locks:
	@if grep -nE '://' requirements.lock requirements-dev.lock; then \
	  echo 'A lock file names the address of a package registry; make it anew with: make lock' >&2; exit 1; \
	fi

# Asks a public database about every locked package; without a network it says that nothing is known, and goes on.
# AUDIT=required makes that a failure.
audit: $(DEV_STAMP)
	@$(BIN)/python -m tests.tools.audit

# What runs, with versions, licences and hashes, as build/waypost.cdx.json.
sbom: $(DEV_STAMP)
	@$(BIN)/python -m tests.tools.bill_of_materials

# The development lock starts from the run-time one, so that both hold the same versions.
UPGRADE =
LOCK = uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
  --quiet --no-emit-index-url $(UPGRADE)

lock:
	@command -v uv >/dev/null || { echo 'make lock needs uv: python3 -m pip install uv' >&2; exit 1; }
	$(LOCK) -o requirements.lock
	$(LOCK) --extra dev -c requirements.lock -o requirements-dev.lock

# All of the ways in which the content is broken on purpose, each against every rule: about ten minutes.
mutations: $(DEV_STAMP)
	$(BIN)/python -m tests.mutations

# Needs podman with buildah, or docker. Settings: BASE_IMAGE, BUILD_FLAGS, RUN_FLAGS, ENGINE_FLAGS (see tests/container.py).
container-test: $(RUN_STAMP)
	$(BIN)/python -m tests.container

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find bot tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN_STAMP): requirements.lock $(BIN)/python
	@echo 'Installing what is needed to run (only when it has changed) ...'
	@$(INSTALL) -r requirements.lock
	@touch $@

$(DEV_STAMP): requirements-dev.lock $(BIN)/python
	@echo 'Installing what is needed to test (only when it has changed) ...'
	@$(INSTALL) -r requirements-dev.lock
	@touch $@

# The first candidate that is new enough and can make virtual environments. A broken .venv, such as one whose
# Python has been removed since, counts as none: its $(BIN)/python is a link that leads nowhere.
$(BIN)/python:
	@found=; old=; bare=; \
	for candidate in $(CANDIDATES); do \
	  if ! "$$candidate" -c 'import sys' >/dev/null 2>&1; then continue; fi; \
	  if ! "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then old=$$candidate; continue; fi; \
	  if ! "$$candidate" -c 'import venv, ensurepip' >/dev/null 2>&1; then bare=$$candidate; continue; fi; \
	  found=$$candidate; break; \
	done; \
	if [ -z "$$found" ] && [ -n "$$bare" ]; then \
	  echo "$$bare is new enough, but its venv module is missing." >&2; \
	  echo 'On Debian and Ubuntu: sudo apt-get install python3-venv. Then try again.' >&2; exit 1; \
	fi; \
	if [ -z "$$found" ] && [ -n "$$old" ]; then \
	  echo "Waypost needs Python 3.11 or newer; $$old is older: $$($$old --version 2>&1)." >&2; \
	  echo 'Install a newer one and try again, or name it: make run PYTHON=/path/to/python3' >&2; exit 1; \
	fi; \
	if [ -z "$$found" ]; then \
	  echo 'Waypost needs Python 3.11 or newer, and no Python was found.' >&2; \
	  echo 'Install one and try again, or name it: make run PYTHON=/path/to/python3' >&2; exit 1; \
	fi; \
	echo "Making $(VENV) with $$($$found --version 2>&1) ..."; \
	rm -rf $(VENV); "$$found" -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
