# The words of this house. Each sets up what it needs: `make demo` and `make test` work on a fresh clone.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
QUESTION := What is the name of Queequeg's native island?
PACKAGES := agents app cli core documents evals jobs language memory models prompts report

.PHONY: demo test lint types fix bench clean

demo: $(READY)  ## answer a question about Moby-Dick, with nothing configured
	@echo "Question: $(QUESTION)"
	@$(BIN)/clew ask "$(QUESTION)" examples/moby-dick.txt.gz --library .cache/demo

test: $(READY)  ## run the tests
	$(BIN)/pytest -n 2

lint: $(READY)  ## check style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)  ## check types
	@# mypy wants a folder whose name is the package's, and a clone may be called anything.
	@mkdir -p .cache && ln -sfn .. .cache/clew
	cd .cache && ../$(BIN)/mypy --config-file ../pyproject.toml -m clew $(PACKAGES:%=-p clew.%)

fix: $(READY)  ## mend style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)  ## measure everything; writes docs/measured/
	@mkdir -p docs/measured
	@for name in abstention calibration faults find forgetting library own_time pdf probe retrieval scale served; do echo $$name; \
	  (cd benchmarks && ../$(BIN)/python $$name.py 2>/dev/null) > docs/measured/$$name.txt || exit 1; done
	@cd benchmarks && ../$(BIN)/python simulated.py --quick 2>/dev/null > ../docs/measured/simulated.txt
	@cd benchmarks && ../$(BIN)/python simulated.py --draws 100 --sets musique 2wiki --tokens 16000 --questions 48 \
	  2>/dev/null > ../docs/measured/drawn.txt

clean:  ## remove what the other words made
	rm -rf $(VENV) .cache build *.egg-info

$(READY): pyproject.toml
	@echo "Setting up $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -qq --disable-pip-version-check --upgrade pip
	@$(BIN)/pip install -qq --editable . --group dev
	@touch $(READY)
