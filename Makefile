# Everything a person does with this project, each in one word. `make` alone lists them.
# Each target installs what it needs the first time, and nothing after that.

.DEFAULT_GOAL := help
.PHONY: help run test lint bench pictures clean
.DELETE_ON_ERROR:

PYTHON := .venv/bin/python

# A .venv whose Python has gone (the system was upgraded, the folder copied from elsewhere) is made again.
ifneq ($(shell $(PYTHON) -c 'print("works")' 2>/dev/null),works)
$(shell rm -f .venv/ready-to-*)
endif

help: ## list what there is to do
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 18

run: .venv/ready-to-run ## open the app; without a screen, do the main job and leave a picture of the window
	@$(PYTHON) tools/run.py

test: .venv/ready-to-test ## run every test, those in a real window under Xvfb included
	@$(PYTHON) tools/system_libraries.py xvfb
	@$(PYTHON) -m pytest -n auto

lint: .venv/ready-to-test ## check style, types and the arrows between the packages
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@$(PYTHON) -c 'import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_logo=True))'

bench: .venv/ready-to-run ## measure against others, in ratios; against more with requirements-bench.txt installed
	@$(PYTHON) tools/system_libraries.py offscreen
	@for file in benchmarks/bench_*.py; do \
	    echo; echo "== $$file"; \
	    OPENBLAS_NUM_THREADS=1 $(PYTHON) -m benchmarks.$$(basename $$file .py) || exit 1; \
	done

pictures: .venv/ready-to-run ## take the pictures of the documentation anew
	@$(PYTHON) tools/system_libraries.py offscreen
	@$(PYTHON) tools/make_pictures.py

clean: ## remove everything that can be made again
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/ready-to-run: requirements.txt
	@sh tools/make_venv.sh screen requirements.txt
	@touch $@

.venv/ready-to-test: requirements.txt requirements-dev.txt
	@sh tools/make_venv.sh xvfb requirements-dev.txt
	@touch $@
