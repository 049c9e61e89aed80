# `make help` lists the targets. Slow tools are built once into the user's cache by .ci/toolchain.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
CACHE := $(or $(SAYSWHO_CACHE),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/sayswho)
# The cache before PATH: the versions pinned here, not whatever the machine has. Debian's wasm-opt breaks the module.
export PATH := $(CURDIR)/node_modules/.bin:$(CACHE)/tools/bin:$(PATH)
# An exported GECKODRIVER makes `wasm-pack test --chrome` run Firefox and pass.
unexport GECKODRIVER CHROMEDRIVER SAFARIDRIVER

RUST := Cargo.toml Cargo.lock .cargo/config.toml $(shell find src -type f)
PAGE := extension/sensitivity.js extension/relaxed.js $(shell find extension/content extension/_locales www -type f -not -path '*/dist/*' -not -path '*/pkg/*' -not -path '*/model/*')
MODEL := $(wildcard model/sayswho.bin)
, := ,
CRATES := $(or $(CARGO_HOME),$(HOME)/.cargo)/registry/src

TARGETS ?= analyze jsonl model
TIME ?= 1200
DOCUMENTS ?= 10000
MODEL_DOCUMENTS ?= 300
LOADS ?= 500
# One that has benches/requirements.txt; else `make bench` makes its own.
BENCH_PYTHON := $(or $(PYTHON),target/onnx/venv/bin/python)

.PHONY: help demo test extension package www cli bench linear timing screenshots fuzz soak spark reproducible audit lighthouse score train format toolchain clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: extension www ## build everything, serve the demo page, and say how to load the extension
	@printf '\n%s\n%s\n%s\n\n' \
	    'Demo page:  http://127.0.0.1:$(PORT)/    (Ctrl-C stops it; PORT=8001 make demo for another port)' \
	    'Chrome:     chrome://extensions, switch on "Developer mode", "Load unpacked", choose $(CURDIR)/extension' \
	    'Firefox:    about:debugging#/runtime/this-firefox, "Load Temporary Add-on…", choose $(CURDIR)/extension/manifest.json'
	@# Without "forever" it stops as soon as its standard input closes, as in a script.
	@esbuild --servedir=www --serve=127.0.0.1:$(PORT) --watch=forever --log-level=warning

test: ## everything that must hold: lint, types, native, WebAssembly, both browsers; installs what it needs
	@.ci/toolchain build browsers
	@$(MAKE) --no-print-directory extension www
	@node tests/run.js

extension: ## build the loadable extension/
	@.ci/toolchain build
	@$(MAKE) --no-print-directory extension/pkg/sayswho_bg.wasm extension/pkg/sayswho_relaxed.wasm extension/dist/content.js $(if $(MODEL),extension/model/sayswho.bin)

package: extension ## build sayswho-chrome.zip and sayswho-firefox.zip, for the stores
	node store/package.js

www: extension ## build the demo page in www/
	@$(MAKE) --no-print-directory www/pkg/sayswho_bg.wasm $(if $(MODEL),www/model/sayswho.bin)
	@$(MAKE) --no-print-directory www/dist/main.js

cli: target/release/sayswho ## build the command line, target/release/sayswho

bench: www cli $(if $(PYTHON),,target/onnx/venv/installed) ## time the engine: each stage, in WebAssembly, and beside others
	cargo bench
	node benches/wasm.mjs
	node benches/counts.mjs
	node benches/start.mjs
	npm ci --prefix benches --ignore-scripts --no-audit --no-fund
	node benches/others.mjs
	$(BENCH_PYTHON) -m training.onnx
	node benches/onnx.mjs
	$(BENCH_PYTHON) benches/onnx.py

linear: cli ## count instructions on hostile texts at once and at eight times their length (needs valgrind)
	node benches/linear.mjs

timing: extension ## from a click to the first labels and to the last, in both browsers
	node tests/e2e/timing.js

screenshots: extension ## pictures of each surface in both browsers, light and dark, in tests/out: to be looked at
	node tests/e2e/screenshots.js tests/out

fuzz: ## look for inputs that break it, TIME=1200 seconds for each of TARGETS (needs nightly Rust and cargo-fuzz)
	@for target in $(TARGETS); do \
	    mkdir -p fuzz/corpus/$$target; \
	    cargo +nightly fuzz run -s none $$target fuzz/corpus/$$target fuzz/seeds/$$target -- \
	        -max_total_time=$(TIME) -max_len=2000 -timeout=20 || exit 1; \
	done

soak: extension ## DOCUMENTS=10000 by rules and MODEL_DOCUMENTS=300 in Node, LOADS=500 pages in Chromium: memory stays flat
	node --expose-gc benches/soak.mjs $(DOCUMENTS)
	node --expose-gc benches/soak.mjs $(MODEL_DOCUMENTS) --model
	node benches/loads.mjs $(LOADS)

spark: cli target/spark/installed ## label a corpus with Spark on two local cores: the answers of one process (needs Java 17)
	PYTHON=target/spark/bin/python examples/spark/test.sh
	PYTHON=target/spark/bin/python examples/spark/test.sh --rules

reproducible: ## build the module twice from nothing: the same bytes
	@.ci/toolchain build
	tests/reproducible.sh

audit: ## licences, duplicates and sources of every crate (needs cargo-deny), and advisories where the network allows
	cargo deny --all-features --offline check bans licenses sources
	node --test tests/supply-chain.test.js
	node tests/advisories.js

lighthouse: www ## Lighthouse on the demo page, with the installed Chromium: scores of 95 or more
	npm ci --prefix benches --ignore-scripts --no-audit --no-fund
	node benches/lighthouse.mjs

score: cli ## measure every set of ../shared/data and write EVALUATION.md
	python3 tests/score.py

train: ## from ../shared/data to model/sayswho.bin and its card (an hour on two cores; developers only)
	sh training/train.sh

format: ## lay out Rust and JavaScript as the linters want them
	cargo fmt
	prettier --write --log-level=warn .

toolchain: ## install what the builds and the tests need
	@.ci/toolchain build browsers

clean: ## remove what was built here; the cache stays
	rm -rf target node_modules {extension,www}/{pkg,dist,model}

# Where crates are unpacked, and where this checkout lies, stay out of the modules: the same bytes from another machine.
# $(1): the folder it goes to; $(2): further flags for the compiler.
define module
	cargo fetch --locked --quiet
	paths=$$(printf "'--remap-path-prefix=%s=crates'," "$(CRATES)"/*); \
	wasm-pack --log-level warn build --mode no-install --target web --release --no-pack --out-dir $(1) -- \
	    --config "target.wasm32-unknown-unknown.rustflags=[$(2)$$paths '--remap-path-prefix=$(CURDIR)=.']"
endef

extension/pkg/sayswho_bg.wasm: $(RUST)
	$(call module,extension/pkg)
	wasm-opt -O3 --output $@ $@
	touch $@

# The same with relaxed SIMD, for browsers that have it: extension/relaxed.js chooses. Glue and imports are the same.
extension/pkg/sayswho_relaxed.wasm: export CARGO_TARGET_DIR := target/relaxed
extension/pkg/sayswho_relaxed.wasm: $(RUST)
	$(call module,target/relaxed/pkg,'-Ctarget-feature=+relaxed-simd'$(,))
	mkdir -p $(@D)
	wasm-opt -O3 --output $@ target/relaxed/pkg/sayswho_bg.wasm

# Content scripts can't be modules; the sources are, and are bundled as they stand, unminified.
extension/dist/content.js: store/bundle.js $(shell find extension/content -type f) extension/settings.js extension/sensitivity.js package-lock.json
	node store/bundle.js

# The samples' answers by this very engine, and the figures from the files that scripts write.
www/dist/stored.json: extension/pkg/sayswho_bg.wasm $(MODEL) EVALUATION.md model/CARD.md $(wildcard www/build/* www/samples/* www/failures.txt)
	node www/build/stored.js

www/dist/main.js: $(PAGE) www/dist/stored.json package-lock.json
	esbuild www/main.js www/compare.js www/worker.js --bundle --format=esm --charset=utf8 --log-level=warning --outdir=www/dist

www/pkg/sayswho_bg.wasm: extension/pkg/sayswho_bg.wasm extension/pkg/sayswho_relaxed.wasm
	mkdir -p www/pkg
	cp extension/pkg/sayswho.js extension/pkg/*.wasm www/pkg/

extension/model/sayswho.bin www/model/sayswho.bin: $(MODEL)
	mkdir -p $(@D)
	cp $< $@

target/release/sayswho: $(RUST) $(MODEL)
	cargo build --release --features cli --quiet
	touch $@

target/onnx/venv/installed: benches/requirements.txt
target/spark/installed: examples/spark/requirements.txt
target/onnx/venv/installed target/spark/installed:
	python3 -m venv $(@D)
	$(@D)/bin/pip install --quiet -r $<
	touch $@
