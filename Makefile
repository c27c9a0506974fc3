# Parley. On a fresh machine python3 (3.11 or newer, with venv) and make are enough:
# `make run` installs and starts everything, `make test` installs and passes every test.

.PHONY: run test check bench bench-full soak audit generate lock install clean help
.DEFAULT_GOAL := help

PARLEY_PORT ?= 8000
export PARLEY_PORT
# Where it is set, each of a hundred processes would compile the same modules anew.
unexport PYTHONDONTWRITEBYTECODE

help:
	@echo "make run         install, build and start the demo on port $(PARLEY_PORT) (PARLEY_PORT=...)"
	@echo "make test        install everything and run every test, Python and TypeScript"
	@echo "make check       formatting, lint, types, import contracts, generated files"
	@echo "make bench       the short benchmark; make bench-full the whole set"
	@echo "make soak        the long run under load"
	@echo "make audit       known weaknesses of what we depend on"
	@echo "make generate    write the files that are generated from the server"
	@echo "make lock        write the requirements and package locks anew"
	@echo "make install     everything for development, without running anything"
	@echo "make clean       remove what the build made"

run:
	@scripts/install runtime
	@scripts/build-web runtime
	@.venv/bin/parley demo

install:
	@scripts/install dev
	@scripts/build-web dev

test: install
	@scripts/test

check: install
	@scripts/check

generate: install
	@scripts/node-env scripts/generate
	@.venv/bin/python scripts/docs

bench: install
	@.venv/bin/python -m benchmarks

bench-full: install
	@.venv/bin/python -m benchmarks --full

soak: install
	@.venv/bin/python -m benchmarks.soak

audit: install
	@scripts/audit

lock:
	@scripts/install dev
	@scripts/lock
	@scripts/lock-web

clean:
	@rm -rf .venv .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache \
		web_client/node_modules web_client/dist
