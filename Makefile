# Every command of this repository; `make help` lists them.
# Each makes what it needs: the first run on a machine sets up $(VENV), the later ones start at once.

VENV ?= .venv
STORE ?= papers.kg
OUT ?= out
SOURCES ?= examples
TESTS ?=

PYTHON ?= $(firstword $(foreach python,python3 python3.13 python3.12 python3.11 python3.14,$(shell \
	$(python) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(python))))
BIN := $(VENV)/bin
KG := $(BIN)/kg
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --constraint constraints.txt

RESULTS := MATCH (p:Paper)-[:REPORTS]->(r:Result)-[:OF]->(x) RETURN x.name AS what, r.quote AS result, r.evidence AS evidence, p.key AS paper ORDER BY r.confidence DESC, p.key, r.key LIMIT 5

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help graph test check bench docs constraints clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

graph: $(VENV)/.installed ## Build the graph of examples/, show what it holds, leave an HTML page (SOURCES=, STORE=, OUT=)
	@$(KG) build --store '$(STORE)' $(SOURCES)
	@echo; echo 'What it holds: kg query nodes_by_kind'; echo
	@$(KG) query --store '$(STORE)' nodes_by_kind 2>/dev/null
	@echo; echo 'Results, each with the words that say so: kg cypher'; echo '  $(RESULTS)'; echo
	@$(KG) cypher --store '$(STORE)' '$(RESULTS)' 2>/dev/null
	@echo; echo 'Next, for example:'; printf '  %s\n' \
		'$(KG) find GSM8K --store $(STORE)        the card of a thing' \
		'$(KG) why GSM8K MATH --store $(STORE)    what joins two things' \
		'$(KG) query                              the questions that have a name'
	@echo; echo 'The graph as a page, to open in a browser:'
	@$(KG) export --store '$(STORE)' html '$(abspath $(OUT))/papers.html' 2>/dev/null

test: $(VENV)/.development ## Check style and types and run all tests (TESTS= chooses some)
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest $(TESTS)

check: $(VENV)/.development ## Check style and types
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy

bench: $(VENV)/.development ## Measure how fast it is, side by side, as ratios
	@for file in $(filter-out benchmarks/quality.py,$(wildcard benchmarks/*.py)); do echo "# $$file"; $(BIN)/python "$$file" || exit; done

docs: $(VENV)/.development ## Write the generated pages of docs/ again
	@$(BIN)/python docs/generate.py

constraints: ## Take the newest versions of what we build on into constraints.txt
	@rm -rf build/constraints && $(PYTHON) -m venv build/constraints
	@build/constraints/bin/python -m pip --disable-pip-version-check --quiet install '.[dev,train]'
	@{ sed -n '/^#/p' constraints.txt; build/constraints/bin/python -m pip freeze --exclude paperkg; } > build/constraints.txt
	@mv build/constraints.txt constraints.txt && rm -rf build/constraints

clean: ## Remove all that these commands made
	@rm -rf '$(VENV)' '$(OUT)' '$(STORE)' build dist .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@if [ -z '$(PYTHON)' ]; then \
		echo 'paperkg needs Python 3.11 or newer with its venv module: install them (on Debian or Ubuntu: apt-get install python3-venv), or name one: make PYTHON=/path/to/python3' >&2; exit 1; fi
	@echo 'Making $(VENV) with $(PYTHON); this takes a minute or two, once.' >&2
	@$(PYTHON) -m venv '$(VENV)'

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@$(PIP) --editable . >&2
	@touch '$@'

$(VENV)/.development: pyproject.toml constraints.txt | $(BIN)/python
	@$(PIP) --editable '.[dev,train]' >&2
	@touch '$@' '$(VENV)/.installed'
